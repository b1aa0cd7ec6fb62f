import type { Context, Env, Input, MiddlewareHandler, ValidationTargets } from 'hono';
import { validator } from 'hono/validator';
import type { z } from 'zod';
import { AppError, type FieldProblems } from '../errors.ts';

/**
 * Parses one part of a request with zod and throws `invalid_input` (422) with one message per
 * field. It throws instead of answering, so client types hold only the success shape.
 */
export function valid<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
	target: Target,
	schema: Schema,
): MiddlewareHandler<
	Env,
	string,
	Input & {
		in: { [K in Target]: z.input<Schema> };
		out: { [K in Target]: z.output<Schema> };
	}
> {
	const middleware = validator(target, (value: unknown, _c: Context) => {
		const parsed = schema.safeParse(value);
		if (!parsed.success) {
			throw new AppError(
				'invalid_input',
				422,
				'Some of what was sent cannot be used. Each field says why.',
				{ fields: fieldProblems(parsed.error), cause: parsed.error },
			);
		}
		return parsed.data;
	});
	schemas.set(middleware, { target, schema });
	// Hono cannot infer the output of a generic schema through its validator's overloads.
	return middleware as unknown as ReturnType<typeof valid<Target, Schema>>;
}

const schemas = new WeakMap<object, { target: keyof ValidationTargets; schema: z.ZodType }>();

/** What a handler parses and with which schema, or null: for the OpenAPI document. */
export function schemasOfHandler(
	handler: object,
): { target: keyof ValidationTargets; schema: z.ZodType } | null {
	return schemas.get(handler) ?? null;
}

/** One message per path: the first problem found there. */
export function fieldProblems(error: z.ZodError): FieldProblems {
	const fields: FieldProblems = {};
	for (const issue of error.issues) {
		const path = issue.path.map(String).join('.') || 'body';
		fields[path] ??= issue.message;
	}
	return fields;
}
