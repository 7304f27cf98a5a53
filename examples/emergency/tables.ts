/** Names of the outputs by the type of department in the published table. */
const outputs: Readonly<Record<string, string>> = { '1': 'type-1', '2': 'type-2', other: 'other' };

interface Sum {
  attendances: number;
  breaches: number;
  admissions: number;
}

export interface EmergencyTables {
  readonly volumes: string;
  readonly quality: string;
  readonly admissions: string;
  readonly organisations: string;
}

/** Fewest attendances at a type 1 department in a month for an organisation to be compared with the standard. */
const fewestType1 = 500;

/**
 * The share within four hours of each organisation and month, all types of department together, which is the
 * level at which the standard applies. Organisations are numbered in the order in which they first appear: what a
 * screen says of many is not to be read off one.
 */
function organisations(lines: readonly string[]): string {
  const numbers = new Map<string, number>();
  const sums = new Map<string, { attendances: number; breaches: number; type1: number }>();
  for (const line of lines) {
    const [period = '', code = '', type, attendances, breaches] = line.split(',');
    const number = numbers.get(code) ?? numbers.size + 1;
    numbers.set(code, number);
    const key = `${period},${number}`;
    const sum = sums.get(key) ?? { attendances: 0, breaches: 0, type1: 0 };
    sum.attendances += Number(attendances);
    sum.breaches += Number(breaches);
    if (type === '1') sum.type1 += Number(attendances);
    sums.set(key, sum);
  }
  const rows = [...sums]
    .filter(([, { type1 }]) => type1 >= fewestType1)
    .map(([key, { attendances, breaches }]) => {
      const within = (attendances - breaches) / attendances;
      return `${key},within-4-hours-of-organisation,${within.toFixed(10)},${attendances}`;
    });
  return `${['period,organisation,measure,value,n', ...rows].join('\n')}\n`;
}

/**
 * Adds up NHS England's monthly figures by organisation to England totals by month and type: attendances, the
 * share that left within four hours, and admissions; and the share of each organisation. `published` is the text of a CSV with the columns period,
 * org_code, type, attendances, breaches, admissions.
 */
export function emergencyTables(published: string): EmergencyTables {
  const sums = new Map<string, Sum>();
  const lines = published.trim().split(/\r?\n/).slice(1);
  for (const line of lines) {
    const [period = '', , type = '', attendances, breaches, admissions] = line.split(',');
    const output = outputs[type];
    if (output === undefined) throw new RangeError(`unknown type of department: ${type}`);
    const key = `${period},${output}`;
    const sum = sums.get(key) ?? { attendances: 0, breaches: 0, admissions: 0 };
    sum.attendances += Number(attendances);
    sum.breaches += Number(breaches);
    sum.admissions += Number(admissions);
    sums.set(key, sum);
  }
  const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  const table = (header: string, row: (key: string, sum: Sum) => string) =>
    `${[header, ...rows.map(([key, sum]) => row(key, sum))].join('\n')}\n`;
  return {
    volumes: table('period,output,quantity', (key, sum) => `${key},${sum.attendances}`),
    quality: table('period,output,measure,value,n', (key, sum) => {
      const within = (sum.attendances - sum.breaches) / sum.attendances;
      return `${key},within-4-hours,${within.toFixed(10)},${sum.attendances}`;
    }),
    admissions: table('period,type,admissions', (key, sum) => `${key},${sum.admissions}`),
    organisations: organisations(lines),
  };
}
