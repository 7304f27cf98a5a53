/** Compiles the pages' style sheet, if it is missing or older than its sources. */
import { buildStyles } from '../src/web/styles/build-styles.ts';

await buildStyles();
