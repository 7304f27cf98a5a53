import { casePrefix } from '../readers/raw-table.ts';
import { staffNames } from './fields.ts';
import { comparable } from './names.ts';
import { singlesOut, tellsOfPerson } from './person-forms.ts';

const people =
  '(?:(?:applicant|customer|cust|client|claimant|citizen|patient|complainant|caller|contact|agent|partner|person|user|officer|employee|staff|worker|adviser)s?)';
const anyone = `(?:(?:${people}|(?:appellant|beneficiary|carer|child|debtor|defendant|dependant|dependent|driver|guardian|(?:account)?holder|householder|member|owner|parent|payee|pensioner|pupil|resident|respondent|spouse|student|taxpayer|tenant|victim|witness)s?)[1-9]?)`;
const number = '(?:(?:number|num|no|nr)s?)';
const phone = '(?:phone|telephone|tel|mobile|mob)';
const whichPhone = '(?:home|work|daytime|evening|mobile)';
const reachable = new RegExp(
  [
    `^${anyone}?(?:previous|former)?(?:first|fore|given|middle|last|sur|family|full|maiden)names?$`,
    `^${anyone}(?:display)?names?$|^nameof(?:the)?${anyone}$|^accountholder$`,
    `^${anyone}?(?:email|emailaddress|emailid|${whichPhone}?${phone}${number}?|${phone}${whichPhone}|contactdetails?)$`,
    `^${anyone}?(?:home|postal|street|correspondence|property)?(?:address|addr)(?:line)?[1-5]?$`,
  ].join('|'),
);

const identifies = new RegExp(
  `^${anyone}?(${[
    `(?:nationalinsurance|natins|ni|nhs|chi|socialsecurity)${number}|nationalinsurance|nino|ssn`,
    `passport${number}|(?:driving|drivers?)licen[cs]e${number}?`,
    `uniquetaxpayerreference${number}?|utr${number}?|bankaccount${number}?|sortcode|iban|(?:credit|debit)card${number}`,
    '(?:date|day)ofbirth|dob|birth(?:date|day|dt)|nextofkin(?:names?)?|emergencycontact(?:names?)?',
  ].join('|')})${anyone}?$`,
);
const postcodes = new RegExp(
  `^${anyone}?(?:home|postal|street|correspondence)?(?:address)?(?:post|postal|zip)code$`,
);

/** Characters of a value: what is shorter answers yes or no, or counts. */
const shortestName = 4;
/** Letters and digits: what is shorter is a district, such as SW1A, in which thousands live. */
const shortestPostcode = 5;

/** How long values are that tell of people, under a header that says so. */
export interface PersonalHeader {
  readonly shortest: number;
  /** The characters of a value that count. */
  sizeOf(value: string): number;
}

const names: PersonalHeader = { shortest: shortestName, sizeOf: (value) => value.trim().length };
/** What begins so is a day or an hour: "Completed by" may say who, or until when. */
const when = /^\d{1,4}[-./:]\d/;
const staff: PersonalHeader = {
  shortest: shortestName,
  sizeOf: (value) => (when.test(value.trim()) ? 0 : value.trim().length),
};
const places: PersonalHeader = {
  shortest: shortestPostcode,
  sizeOf: (value) => value.replaceAll(/\s+/gu, '').length,
};

/**
 * What a header says that names, addresses, telephone numbers, emails or birth dates of people, or numbers and
 * postcodes that single them out, stand below it; null for any other.
 */
export function personalHeader(header: string): PersonalHeader | null {
  const own = header.startsWith(casePrefix) ? header.slice(casePrefix.length) : header;
  const bare = comparable(own);
  // Of "details.surname", as JSON gives it, the last part says what it is.
  const last = comparable(own.slice(own.lastIndexOf('.') + 1));
  if ([bare, last].some((name) => reachable.test(name) || identifies.test(name))) return names;
  if (staffNames.has(bare)) return staff;
  return postcodes.test(bare) ? places : null;
}

/** Sentences are not shown: they may name people. */
const longestShown = 59;

/**
 * True for a value that may be shown under its header: it tells of no person, and is no sentence. `asField` is for who
 * looks at what a column is to be before it is brought in: the worker's ids may be seen, or it cannot be judged.
 */
export function mayBeShown(header: string, value: string, asField = false): boolean {
  const named = personalHeader(header);
  const personal = named === staff && asField ? null : named;
  const tells = personal !== null && personal.sizeOf(value) >= personal.shortest;
  return !tells && value.length <= longestShown && !tellsOfPerson(value.trim());
}

/** Words that may be one number or postcode: AB 12 34 56 D. */
const mostParts = 5;

/**
 * True where a text, or some words of it that stand together, may single a person out. One value is withheld in
 * doubt, where a column would be kept.
 */
function mayTellOfPerson(text: string): boolean {
  if (tellsOfPerson(text)) return true;
  const words = text.split(/[\s,;:()<>"']+/).filter((word) => word !== '');
  return words.some((_, from) =>
    Array.from({ length: mostParts }, (_, size) => words.slice(from, from + size + 1).join(' ')).some(
      singlesOut,
    ),
  );
}

/** A value that could not be used as it is kept beside its fault: without what may tell of people. */
export function keptFault(value: string | null): string | null {
  if (value === null) return null;
  if (value.length > longestShown) return `${value.length} characters, not kept since they may name people`;
  return mayTellOfPerson(value) ? 'not kept since it tells who a person is' : value;
}
