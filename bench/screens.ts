/**
 * How often each screen calls a pattern: `screens.ts [CLEAN] [PLANTED]` runs them on data made clean, alone and as a
 * family, and on data in which a tenth of 5,000 cases is distorted.
 */
import { streamOf } from '../src/measure/gaming/made-data.test-support.ts';
import { madeBreak, madeScreens } from '../src/measure/gaming/made-screens.test-support.ts';
import { type NotTestable, screenFamily, type Tested } from '../src/measure/gaming/screen.ts';

// Reaches past the door of measure on purpose: the made data are those of its tests.

const [clean = 1000, planted = 200] = process.argv.slice(2).map(Number);
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const isCalled = (screen: Tested | NotTestable) => screen.isTestable && screen.leans && screen.p <= 0.05;

function shareOf(runs: number, called: (run: number) => boolean): number {
  let sum = 0;
  for (let run = 0; run < runs; run++) if (called(run)) sum += 1;
  return sum / runs;
}

process.stdout.write(
  `| screen | clean, alone (${clean} runs) | a tenth planted (${planted} runs) |\n|---|---|---|\n`,
);
const screens = { ...madeScreens, 'T11, months correlated 0.3': madeBreak(0.3) };
for (const [name, made] of Object.entries(screens)) {
  const falseAlarms = shareOf(clean, (run) => isCalled(made(streamOf(`clean ${name}`, run), false)));
  const found = shareOf(planted, (run) => isCalled(made(streamOf(`planted ${name}`, run), true)));
  process.stdout.write(`| ${name} | ${percent(falseAlarms)} | ${percent(found)} |\n`);
}
const family = shareOf(clean, (run) =>
  screenFamily(
    Object.entries(madeScreens).map(([name, made]) => made(streamOf(`family ${name}`, run), false)),
    'independent',
  ).some(({ isPattern }) => isPattern),
);
process.stdout.write(`| the family, corrected | ${percent(family)} | |\n`);
