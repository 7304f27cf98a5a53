import { z } from 'zod';
import type { CalcMethod } from '../../calc/index.ts';
import type { Page } from '../page.ts';
import { texts } from '../texts.ts';

function schemaText(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { unrepresentable: 'any' });
}

function describe(method: CalcMethod) {
  return {
    name: method.name,
    title: method.title,
    summary: method.summary,
    source: method.source,
    run: `wellspent calc ${method.name} --input input.json`,
    inputSchema: schemaText(method.inputSchema),
    outputSchema: schemaText(method.outputSchema),
    example: method.example,
  };
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** Every method that can be run by itself. */
export function methodsPage(methods: readonly CalcMethod[]): Page {
  return {
    template: 'methods/methods.njk',
    title: [texts.methods.title],
    content: {
      methods: methods.map(({ name, title, summary }) => ({
        name,
        title,
        summary,
        href: `/methods/${name}`,
      })),
    },
    json: methods.map(describe),
    section: 'methods',
  };
}

/** One method: what it works out, where it comes from, what goes in and out, and how to run it. */
export function methodPage(method: CalcMethod): Page {
  const described = describe(method);
  return {
    template: 'methods/method.njk',
    title: [method.title, texts.methods.title],
    content: {
      method: {
        ...described,
        input: pretty(described.inputSchema),
        output: pretty(described.outputSchema),
        exampleInput: pretty(method.example.input),
        exampleOutput: pretty(method.example.output),
      },
    },
    json: described,
    crumbs: [{ text: texts.methods.title, href: '/methods' }],
    section: 'methods',
  };
}
