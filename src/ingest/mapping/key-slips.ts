import { WellspentError, WellspentFaults } from '../../core/index.ts';
import { type Extract, editDistance } from '../../define/index.ts';
import { fieldsOf } from './fields.ts';
import { comparable } from './names.ts';

const shortestField = 4;

/** A key of a mapping that is one slip from a field that nothing fills: attributes may be named freely otherwise. */
export interface KeySlip {
  readonly key: string;
  readonly field: string;
}

/**
 * The slips in the keys of a mapping, where `filled` are the fields that it fills otherwise, by name. A digit tells a
 * second column of its kind, and a key that is the column's own name was not written for a field.
 */
export function keySlips(
  { as, map = {} }: Pick<Extract, 'as' | 'map'>,
  filled: Readonly<Record<string, string>> = map,
): readonly KeySlip[] {
  const fields = fieldsOf[as].map(({ name }) => name);
  const open = fields.filter((name) => !Object.hasOwn(filled, name) && name.length >= shortestField);
  return Object.entries(map)
    .filter(
      ([key, column]) => !fields.includes(key) && !/\d/.test(key) && comparable(key) !== comparable(column),
    )
    .flatMap(([key]) => {
      const field = open.find((name) => editDistance(key.toLowerCase(), name) <= 1);
      return field === undefined ? [] : [{ key, field }];
    });
}

/** What is said of a slip, the fields that there are, and what to write instead. */
export function slipInWords({ key, field }: KeySlip, { as, map }: Pick<Extract, 'as' | 'map'>) {
  return {
    message: `the table of ${as} has no field "${key}", and nothing fills its field "${field}".`,
    found: fieldsOf[as].map(({ name }) => name).join(', '),
    hint: `${field}: ${map?.[key] ?? ''}`,
  };
}

/**
 * Throws `MAPPING_KEY_MISSPELT` for slips in a mapping: as an attribute the column would be kept as it stands, where a
 * field such as the worker becomes a pseudonym.
 */
export function refuseSlips(
  file: string,
  extract: Pick<Extract, 'as' | 'map'>,
  filled: Readonly<Record<string, string>>,
): void {
  const faults = keySlips(extract, filled).map((slip) => {
    const { message, ...details } = slipInWords(slip, extract);
    return new WellspentError('MAPPING_KEY_MISSPELT', `In the mapping of ${file} ${message}`, {
      where: { file },
      ...details,
    });
  });
  if (faults.length > 0)
    throw new WellspentFaults('MAPPING_KEY_MISSPELT', `The mapping of ${file} misspells fields.`, faults);
}
