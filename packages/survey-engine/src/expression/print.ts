import { precedence, type Expression } from './ast.ts';

/**
 * Writes a tree as source that parses to the same tree (spans aside).
 *
 * @example printExpression(parseExpression('1+2 *3')) // '1 + 2 * 3'
 */
export function printExpression(expression: Expression): string {
	switch (expression.type) {
		case 'number':
			return printNumber(expression.value);
		case 'string':
			return expression.value.includes("'") ? `"${expression.value}"` : `'${expression.value}'`;
		case 'reference':
			return '${' + expression.name + '}';
		case 'path':
			return expression.text;
		case 'negate':
			return `-${printOperand(expression.operand, 7)}`;
		case 'call':
			return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
		case 'binary': {
			const strength = precedence[expression.operator];
			const left = printOperand(expression.left, strength);
			const right = printOperand(expression.right, strength + 1);
			return `${left} ${expression.operator} ${right}`;
		}
	}
}

/** A number as XPath writes it: digits and a point, never an exponent. */
export function printNumber(value: number): string {
	if (!Number.isFinite(value)) {
		return String(value);
	}
	const text = String(value === 0 ? 0 : value);
	const [mantissa = '', exponent] = text.split('e');
	if (exponent === undefined) {
		return text;
	}
	return shiftPoint(mantissa, Number(exponent));
}

function shiftPoint(mantissa: string, exponent: number): string {
	const sign = mantissa.startsWith('-') ? '-' : '';
	const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
	const digits = whole + fraction;
	const point = whole.length + exponent;
	if (point <= 0) {
		return `${sign}0.${'0'.repeat(-point)}${digits}`;
	}
	if (point >= digits.length) {
		return sign + digits.padEnd(point, '0');
	}
	return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function printOperand(expression: Expression, minimum: number): string {
	const text = printExpression(expression);
	const isWeaker = expression.type === 'binary' && precedence[expression.operator] < minimum;
	return isWeaker ? `(${text})` : text;
}
