import { casePrefix } from '../readers/raw-table.ts';

const notes =
  '(?:case ?)?(?:notes?|comments?|commentary|remarks?|narratives?|memos?|observations?|free ?text|summary|next actions?|messages?)';
/** What a description is of where it names a kind of thing, and few of them. */
const kinds =
  '(?:activit(?:y|ie)|categor(?:y|ie)|code|event|item|kind|milestone|outcome|output|product|reason|service|stage|status|step|task|team|type)';
const saysNotes = new RegExp(
  `(?:^| )${notes}(?: (?:text|field))?(?: \\d+)?$|^(?:brief |short )?description of (?!(?:the )?${kinds}s?(?: |$))`,
);

/** A header as words: "caseNotes_2" is "case notes 2". */
function wordsOf(header: string): string {
  return header
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** True for a header that says that somebody wrote what stands below it: notes, remarks, a summary, a description of what happened. */
export function saysNotesFollow(header: string): boolean {
  return saysNotes.test(wordsOf(header.startsWith(casePrefix) ? header.slice(casePrefix.length) : header));
}

/** True for a text of two words or more, as codes and answers are not. */
export function isPhrase(text: string): boolean {
  let words = 0;
  for (const part of text.split(/\s+/)) if (/\p{L}/u.test(part)) words += 1;
  return words > 1;
}
