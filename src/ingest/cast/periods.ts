const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthByName =
  /^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[ -]+(\d{4}|\d{2})$/i;
const yearAlone = /^\d{4}$/;
const yearThenMonth = /^(\d{4})-?(0[1-9]|1[0-2])$/;
const monthThenYear = /^(0?[1-9]|1[0-2])[-/](\d{4})$/;
const yearThenQuarter = /^(\d{4})[-/ ]?Q([1-4])$/i;
const quarterThenYear = /^Q([1-4])[-/ ]?(\d{4})$/i;
const yearThenNext = /^(FY ?)?(\d{4})[-/](\d{2}|\d{4})$/i;
/** Financial years begin in April, as those of the United Kingdom. */
const april = 4;

const firstOf = (year: string | undefined, month: number) => `${year}-${String(month).padStart(2, '0')}-01`;
const firstOfQuarter = (year: string | undefined, quarter: string | undefined) =>
  firstOf(year, 3 * Number(quarter) - 2);

/** 2024-04, 202404, 04/2024, April 2024, or Apr-24 as a spreadsheet shows it. */
function ofMonth(text: string): string | null {
  const [, year, month] = yearThenMonth.exec(text) ?? [];
  if (year !== undefined) return firstOf(year, Number(month));
  const [, first, of] = monthThenYear.exec(text) ?? [];
  if (of !== undefined) return firstOf(of, Number(first));
  const [, name, named = ''] = monthByName.exec(text) ?? [];
  if (name === undefined) return null;
  const number = months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return firstOf(named.length === 2 ? `20${named}` : named, number);
}

/** 2024-Q2 or Q2 2024. */
function ofQuarter(text: string): string | null {
  const [, year, quarter] = yearThenQuarter.exec(text) ?? [];
  if (year !== undefined) return firstOfQuarter(year, quarter);
  const [, first, of] = quarterThenYear.exec(text) ?? [];
  return of === undefined ? null : firstOfQuarter(of, first);
}

/** 2024/25, 2024-2025 or FY2024-25; not 2011/12, which may be a month, unless it says that it is a year. */
function ofFinancialYear(text: string): string | null {
  const [, said, year = '', next = ''] = yearThenNext.exec(text) ?? [];
  const isNext = year !== '' && String(Number(year) + 1).endsWith(next);
  const mayBeMonth = said === undefined && next.length === 2 && Number(next) >= 1 && Number(next) <= 12;
  return isNext && !mayBeMonth ? firstOf(year, april) : null;
}

/** The first day of a year, month, quarter or financial year as it is written, as an ISO date; null for what is none. */
export function firstDayOf(text: string): string | null {
  if (yearAlone.test(text)) return firstOf(text, 1);
  return ofMonth(text) ?? ofQuarter(text) ?? ofFinancialYear(text);
}
