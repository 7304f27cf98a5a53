import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { WellspentError } from '../../core/index.ts';
import { didYouMean, ownDisclosureProfile } from '../../define/index.ts';
import { type DisclosureProfile, disclosureProfiles } from '../../stats/index.ts';

const names = Object.keys(disclosureProfiles) as (keyof typeof disclosureProfiles)[];

/** The profile that a charter's `publish` names or holds; "10-5" when it says nothing. */
export function charterProfile(
  given:
    | keyof typeof disclosureProfiles
    | (Omit<DisclosureProfile, 'width'> & { readonly width?: number | undefined })
    | undefined,
): DisclosureProfile {
  if (given === undefined) return disclosureProfiles['10-5'];
  if (typeof given === 'string') return disclosureProfiles[given];
  return { ...given, width: given.width ?? given.threshold };
}

/**
 * The profile of that name, or the one that a JSON or YAML file holds. Throws `PUBLISH_PROFILE_UNKNOWN` for a
 * name that is neither, and for a file with faults.
 */
export function profileNamed(word: string, path: string): DisclosureProfile {
  const name = names.find((known) => known === word);
  if (name !== undefined) return disclosureProfiles[name];
  const fault = (message: string, found: string) =>
    new WellspentError('PUBLISH_PROFILE_UNKNOWN', message, {
      where: { file: word },
      found,
      hint: `${didYouMean(word, names)} known: ${names.join(', ')}; or a file with threshold, base, symbol, zeros and width`.trim(),
    });
  if (!existsSync(path)) throw fault(`There is no profile "${word}", and no file of that name.`, word);
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'), { maxAliasCount: 0 });
  } catch (cause) {
    throw fault(`${word} cannot be read as a profile.`, (cause as Error).message);
  }
  const parsed = ownDisclosureProfile.safeParse(content);
  if (parsed.success) return charterProfile(parsed.data);
  const said = parsed.error.issues.map(
    ({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`,
  );
  throw fault(`${word} is not a profile.`, said.join('; '));
}
