import { define, type ArgumentReader } from './function.ts';

/** Functions on several values: a multiple-choice answer is a list separated by spaces. */
export const listFunctions = {
	selected: define(2, 2, { call: (args) => items(args.text(0)).includes(args.text(1).trim()) }),
	'selected-at': define(2, 2, { call: (args) => items(args.text(0))[args.number(1)] ?? '' }),
	'count-selected': define(1, 1, { call: (args) => items(args.text(0)).length }),
	min: define(1, Infinity, { call: (args) => Math.min(...numbers(args)) }),
	max: define(1, Infinity, { call: (args) => Math.max(...numbers(args)) }),
	/** checklist(least, most, condition…): -1 stands for no limit. */
	checklist: define(2, Infinity, {
		call: (args) => {
			let count = 0;
			for (let index = 2; index < args.count; index += 1) {
				count += args.boolean(index) ? 1 : 0;
			}
			return isWithin(count, args.number(0), args.number(1));
		},
	}),
	/** weighted-checklist(least, most, condition, weight, …): -1 stands for no limit. */
	'weighted-checklist': define(2, Infinity, {
		call: (args) => {
			let sum = 0;
			for (let index = 2; index + 1 < args.count; index += 2) {
				sum += args.boolean(index) ? args.number(index + 1) : 0;
			}
			return isWithin(sum, args.number(0), args.number(1));
		},
	}),
};

function items(list: string): string[] {
	return list.split(/[ \t\r\n]+/).filter((item) => item !== '');
}

function numbers(args: ArgumentReader): number[] {
	return Array.from({ length: args.count }, (_, index) => args.number(index));
}

function isWithin(value: number, least: number, most: number): boolean {
	return (least === -1 || value >= least) && (most === -1 || value <= most);
}
