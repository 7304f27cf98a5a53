/** The expression language: read, checked against the columns, compiled to SQL, and said in English. */
export { type CompileContext, compileExpression, type StepPart } from './compile.ts';
export { columnInWords, conditionInWords, valueInWords } from './english.ts';
export { expressionFunctions, type ValueKind } from './functions.ts';
export { isIsoDate, parseExpression } from './parse.ts';
export { printExpression } from './print.ts';
export { type Expression, type ExpressionFault, everyPart } from './tree.ts';
export { checkExpression, type ExpressionSchema } from './types.ts';
