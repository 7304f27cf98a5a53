import { describe, expect, it } from 'vitest';
import { calcMethods } from '../../calc/index.ts';
import { folderWith, run } from '../run.test-support.ts';

const observations = [
  { item: 'a', period: '2024', price: 1, quantity: 10 },
  { item: 'a', period: '2025', price: 1, quantity: 11 },
];
const indexInput = { formula: 'laspeyres', link: 'fixedbase', of: 'quantity', observations };

describe('calc', () => {
  it('lists the methods with --list and without a method', async () => {
    const { code, out } = await run(['calc', '--list']);
    expect(code).toBe(0);
    for (const { name, title } of calcMethods) expect(out).toMatch(new RegExp(`${name} +${title}`));
    expect((await run(['calc'])).out).toBe(out);
  });

  it.each(calcMethods.map(({ name }) => name))('%s runs on its own example', async (name) => {
    const { out } = await run(['calc', name, '--example']);
    const { code, out: result } = await run(['calc', name], { stdin: out });
    expect(code).toBe(0);
    const example = calcMethods.find((method) => method.name === name)?.example.output as object;
    // The figures themselves are checked beside the methods.
    expect(Object.keys(JSON.parse(result)).toSorted()).toEqual(Object.keys(example).toSorted());
  });

  it('prints the JSON Schema of an input', async () => {
    const { out } = await run(['calc', 'index', '--schema']);
    expect(JSON.parse(out)).toMatchObject({ type: 'object', properties: { formula: {}, observations: {} } });
  });

  it('reads standard input, or the file that --input names', async () => {
    const text = JSON.stringify(indexInput);
    const { code, out } = await run(['calc', 'index'], { stdin: text });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ periods: ['2024', '2025'], values: [1, 1.1] });
    const cwd = folderWith({ 'input.json': text });
    expect((await run(['calc', 'index', '--input', 'input.json'], { cwd })).out).toBe(out);
  });

  it.each([
    [
      { ...indexInput, formula: 'laspeyre' },
      'did you mean "laspeyres"? known: ',
      'CALC_INPUT_INVALID',
      ['fisher', 'paasche', 'tornqvist'],
    ],
    [{ ...indexInput, formula: 'average' }, 'known: ', 'CALC_INPUT_INVALID', ['laspeyres', 'fisher']],
    [{ ...indexInput, links: 'pop' }, 'did you mean "link"?', 'CALC_INPUT_INVALID', ['formula']],
  ])('names the known ones for what it does not know: %#', async (input, remedy, code, known) => {
    const ran = await run(['calc', 'index'], { stdin: JSON.stringify(input) });
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.err).toContain(`error[${code}]`);
    expect(ran.err).toContain(remedy);
    if (remedy.includes('known')) for (const name of known) expect(ran.err).toContain(name);
  });

  it.each([
    [['inedx'], '', 'There is no method "inedx".'],
    [['index'], '', 'The input is not one JSON document'],
    [['index'], '{"formula":', 'wellspent calc index --example'],
    [['index', '--input', 'nothing.json'], '', 'There is no file nothing.json.'],
    [['index', '--input', '.'], '', '. is a folder; a file is needed.'],
    [['--schema'], '', 'wellspent calc avoidable-cost --schema'],
    [['--example'], '', 'wellspent calc avoidable-cost --example'],
  ])('%j on %j is wrong use', async (args, stdin, words) => {
    const ran = await run(['calc', ...args], { stdin });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(words);
  });
});
