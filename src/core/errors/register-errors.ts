import type { ErrorEntry } from './error-entry.ts';

export const registerErrors = {
  NOT_JSON: {
    meaning:
      'Text is not JSON, or a value holds what JSON has no form for: nothing at all, a date, a gap in an array.',
    remedy: 'Hold null, true, false, numbers, text, arrays and plain objects, and nothing else.',
  },
  NOT_FINITE: {
    meaning: 'A number is not finite, or too large for a computer number, so that it has no place in JSON.',
    remedy: 'Leave the number out, or write null and say why.',
  },
  LONE_SURROGATE: {
    meaning: 'Text holds half of a character (a lone surrogate), which UTF-8 cannot write.',
    remedy: 'Write the text again; it was cut in the middle of a character.',
  },
  DUPLICATE_KEY: {
    meaning: 'A line of a register gives one key twice, so that programs may read different things from it.',
    remedy: 'Take the register from another copy: Wellspent does not write such a line.',
  },
  NOT_CANONICAL: {
    meaning:
      'A line of a register is JSON, but not in the one form that canonical JSON (RFC 8785) gives its content.',
    remedy:
      'Take the register from another copy. Editors that add spaces, a CR or a mark at the start damage it.',
  },
  NOT_NFC: {
    meaning:
      "Text of an entry is not in Unicode's composed form (NFC), so that two spellings of one word would differ.",
    remedy: "Normalise the text first; in JavaScript, text.normalize('NFC').",
  },
  ENTRY_INVALID: {
    meaning:
      'What was to be an entry of the register lacks a field, has one too many, or holds a value it cannot.',
    remedy: 'Read what each kind of entry must hold in docs/methods/register.md.',
  },
  VERSION_CONFLICT: {
    meaning:
      'An entry does not continue its chain: somebody else has made the next version, or it exists already.',
    remedy: 'Read the latest version, decide whether yours still stands, and make it the next one.',
  },
  LINK_MISSING: {
    meaning: 'An entry names another by its leaf hash, and the register holds no such entry.',
    remedy: 'Register the entry that it refers to first, or correct the hash.',
  },
  PERSONAL_DATA_SUSPECTED: {
    meaning:
      'Text looks like an e-mail address, a telephone, National Insurance or NHS number, or a postcode, which no record may hold; or what staff say looks like a title with a name, or the reference of a case or a person.',
    remedy: 'Reword it so that it speaks of the work and of nobody. There is no override.',
  },
  INDEX_OUT_OF_RANGE: {
    meaning: 'An entry was asked for that a register of this size does not have.',
    remedy: 'Count from 0: the last entry is one less than the size.',
  },
  PROOF_INVALID: {
    meaning:
      'A proof does not show that this entry, unchanged, is in the register that the checkpoint is of.',
    remedy:
      'Ask for the entry and its proof again; if they still do not fit, the entry was changed or never registered.',
  },
  CONSISTENCY_INVALID: {
    meaning: 'A later state of a register is not shown to contain an earlier one unchanged.',
    remedy: 'Ask for the whole register, and verify it against the checkpoint that you kept.',
  },
  TRUNCATED: {
    meaning: 'A register has fewer entries than it had before: some are gone.',
    remedy: 'Find a copy with the missing entries; nothing may be added until it is found.',
  },
  CHECKPOINT_MALFORMED: {
    meaning: 'Text is not a checkpoint or signed note in the exact form that its signatures are made over.',
    remedy: 'Take the file as it was sent: mail programs and editors change line ends and dashes.',
  },
  SIGNATURE_INVALID: {
    meaning:
      'A checkpoint carries a signature of a key that is trusted, and the signature does not fit the text.',
    remedy: 'Do not rely on it. The text was changed, or somebody claims a key they do not have.',
  },
  UNKNOWN_KEY: {
    meaning: 'No signature of a checkpoint is by a key that is trusted, or a key cannot be read.',
    remedy: 'Get the verifier key from the auditor, never from the folder that holds the register.',
  },
  EQUIVOCATION: {
    meaning: 'One register has shown two different histories: two checkpoints that cannot both be true.',
    remedy: 'Keep both, and show them to everybody who relies on the register.',
  },
  COMMITMENT_MISMATCH: {
    meaning: 'A payload and salt are not those that an entry of the register committed to.',
    remedy: 'Check that payload and salt belong to this entry, and that neither was changed.',
  },
  REGISTER_DAMAGED: {
    meaning:
      'The register does not hold together: what it holds is not what it held when its roots were worked out.',
    remedy:
      'Nothing can be added. Find a copy, such as an export that somebody keeps, and compare from the entry named.',
  },
  REGISTER_LOCKED: {
    meaning: 'Another program is writing to the records of this workspace and did not end in time.',
    remedy: 'Wait for it to end, and try again. A lock of a program that has ended is given back by itself.',
  },
  KEPT_RESULT_CHANGED: {
    meaning: 'A Result that was kept has other figures now than its entry in the register says.',
    remedy: 'Somebody changed it beside the register. Work it out again from the data, and compare.',
  },
  RECORDS_MISSING: {
    meaning: 'A workspace has no records yet: nobody has reported, decided or kept anything.',
    remedy: 'Keep something first, such as: wellspent register keep.',
  },
  RECORD_INVALID: {
    meaning: 'A report, draft or verdict lacks a field or holds a value that it cannot.',
    remedy: 'The message names each field and what it may hold.',
  },
  RECORDS_UNREACHABLE: {
    meaning:
      'The records of a workspace (its file records.db, or the database named) cannot be opened, read or written.',
    remedy:
      'Check that the file or server is there and that you may use it; the line "found" says what it answered.',
  },
  RECORDS_TOO_NEW: {
    meaning: 'The records of this workspace were made by a later version of Wellspent.',
    remedy: 'Use that version, or a later one.',
  },
} as const satisfies Record<string, ErrorEntry>;
