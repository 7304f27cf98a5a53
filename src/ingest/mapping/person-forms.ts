const email = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,}$/i;
/** Two letters, six digits and one of A to D; QQ is what examples are written with. */
const insurance = /^(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]) ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/i;
/** The blank is asked for: without it too many references look the same. */
const postcode =
  /^(?:[A-PR-UWYZ]\d[\dA-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y]\d[\dABEHMNPRVWXY]?) \d[ABD-HJLNP-UW-Z]{2}$/i;

const longestEmail = 254;
const shortest = 6;
const longestPostcode = 8;
const insuranceSizes = [9, 13] as const;
const blank = 32;

function isEmail(text: string): boolean {
  return text.length <= longestEmail && text.includes('@') && email.test(text);
}

/** One look at a letter tells nearly all texts apart from National Insurance numbers. */
function endsInAToD(text: string): boolean {
  const last = text.charCodeAt(text.length - 1) & ~blank;
  return last >= 65 && last <= 68;
}

/** True for a text that singles a person out by its form: an email, a National Insurance number, a full UK postcode. */
export function singlesOut(text: string): boolean {
  const size = text.length;
  if (size < shortest) return false;
  if (size <= longestPostcode && text.charCodeAt(size - 4) === blank && postcode.test(text)) return true;
  const mayBeInsurance = size >= insuranceSizes[0] && size <= insuranceSizes[1] && endsInAToD(text);
  return (mayBeInsurance && insurance.test(text)) || isEmail(text);
}

/** Begins with a letter or digit, so that quotes and brackets around an address are none of it. */
const emailWithin =
  /[\p{L}\d](?:[\p{L}\d.!#$%&'*+/=?^_`{|}~-]{0,62}[\p{L}\d_+-])?@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.)+\p{L}{2,}/giu;

/** Characters before and after its @ in which an email stands, with one more on each side. */
const [before, after] = [65, 255];
/** Each @ is looked around by itself, for a search through a long text takes 64 steps a character; so many of them. */
const mostLookedAround = 100;

/** The different email addresses that a text holds, in lower case. */
export function emailsIn(text: string): readonly string[] {
  const found = new Set<string>();
  let at = text.indexOf('@');
  for (let looked = 0; at >= 0 && looked < mostLookedAround; looked++) {
    const from = Math.max(0, at - before);
    const around = text.slice(from, at + after).toLowerCase();
    // Of others around it a part may be cut off.
    for (const { index, 0: email } of around.matchAll(emailWithin))
      if (index <= at - from && at - from < index + email.length) found.add(email);
    at = text.indexOf('@', at + 1);
  }
  return [...found];
}

/** What every National Insurance number without blanks has: one look tells nearly all other texts apart. */
const mayHoldInsurance = /[A-Z]\d{6}[A-D]/i;
/** What every postcode, and every National Insurance number among words, has. */
const mayHoldEither = /\d\d ?[A-D](?![A-Z\d_/-])|\s\d[A-Z]{2}(?![A-Z\d_-])/i;
/**
 * No part of a longer reference (CASE-AB123456C-1). Letters that are never given stand for something else
 * (HM Revenue and Customs, National Insurance Manual, NIM39110).
 */
const insuranceWithin =
  /(?<![\p{L}\d_/-])(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]) ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\d_/-])/iu;
/** The letters that postcodes begin with (Royal Mail, Programmers' Guide): "Form P1 2AB" is none. */
const areas =
  'A[BL]|B[ABDFHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE';
const postcodeWithin = new RegExp(
  `(?<![\\p{L}\\d_-])(?<outward>(?:${areas})\\d[\\dA-HJKMNPR-Y]?)\\s{1,2}(?<inward>\\d[ABD-HJLNP-UW-Z]{2})(?![\\p{L}\\d_-])`,
  'giu',
);
const ordinal = /^(?:1st|2nd|3rd|\dth)$/;

/** "Block B2 1st floor" is no postcode: both halves are in capitals, or none is. */
function isWritten({ outward = '', inward = '' }: Readonly<Record<string, string>>): boolean {
  if (inward === inward.toUpperCase()) return true;
  return outward === outward.toLowerCase() && inward === inward.toLowerCase() && !ordinal.test(inward);
}

function holdsPostcode(text: string): boolean {
  for (const { groups } of text.matchAll(postcodeWithin)) if (groups && isWritten(groups)) return true;
  return false;
}

/**
 * True for a text that singles a person out, or holds among other words what does: "Jane <j@example.org>",
 * "NINO AB123456C", "12 High Street, Leeds LS1 4AP".
 */
export function tellsOfPerson(text: string): boolean {
  if (text.length < shortest) return false;
  if (singlesOut(text) || emailsIn(text).length > 0) return true;
  if (!text.includes(' ')) return mayHoldInsurance.test(text) && insuranceWithin.test(text);
  return mayHoldEither.test(text) && (insuranceWithin.test(text) || holdsPostcode(text));
}
