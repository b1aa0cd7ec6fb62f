import type { AuditResult, DisclosureProblem } from './protected-table.ts';
import { findDetermined } from './rank.ts';
import { type LinearConstraint, solveSystem } from './simplex.ts';
import { findExposed, type Target } from './witness-search.ts';

/**
 * A published table of exact counts. Cells are addressed by the groups they are limited to, so the
 * empty address is the grand total and margins are cells like any other.
 */
export interface CountTable {
	kind: 'counts';
	id: string;
	/** What is counted: tables of one population (people, period, outcome) are audited together. */
	populationId: string;
	/** Every attribute of the table with all its groups, shown or not. */
	dimensions: readonly { attributeId: string; groups: readonly string[] }[];
	/** Null: hidden, whatever for. Cells left out were never published. */
	cells: readonly { at: Readonly<Record<string, string>>; count: number | null }[];
	/** What everybody knows from elsewhere: no more people than are enrolled. */
	ceilings?: readonly { at: Readonly<Record<string, string>>; most: number }[];
	/** Tables of the same measure at other dates or with other filters: compared by difference. */
	seriesId?: string;
}

/** Cross-classifications beyond this are refused: the caller must publish fewer dimensions. */
const largestBlock = 5000;

/** The unknown counts of all combinations of some attributes. */
interface Block {
	attributes: { attributeId: string; groups: readonly string[] }[];
	offset: number;
	size: number;
}

/**
 * Step 5 for tables of exact counts taken together: every shown cell is an equation over the
 * combinations of the attributes that occur together in a table. Attributes that never do share
 * only the grand total: any two such margins fit some population, so nothing is lost by that.
 */
export function auditCounts(tables: readonly CountTable[], minN: number): AuditResult {
	const populations = new Map<string, CountTable[]>();
	for (const table of tables) {
		populations.set(table.populationId, [...(populations.get(table.populationId) ?? []), table]);
	}
	const problems = [...populations.values()].flatMap((list) => auditPopulation(list, minN));
	return { ok: problems.length === 0, problems };
}

function auditPopulation(tables: readonly CountTable[], minN: number): DisclosureProblem[] {
	const blocks = blocksOf(tables);
	const size = blocks.reduce((sum, block) => sum + block.size, 0);
	const everyone = blocks.map((block) => allOf(block, {}));
	const linked = everyone
		.slice(1)
		.map((terms): LinearConstraint['terms'] => [
			...(everyone[0] ?? []),
			...terms.map(([variable]): [number, number] => [variable, -1]),
		]);
	const equations = tables.flatMap((table) =>
		table.cells.flatMap(({ at, count }) => {
			return count === null ? [] : [{ terms: cellTerms(blocks, table, at), count }];
		}),
	);
	const targets = tables.flatMap((table) =>
		table.cells
			.filter(({ count }) => count === null)
			.map(({ at }): Target => ({
				table: table.id,
				cell: describe(at),
				terms: cellTerms(blocks, table, at),
				need: { type: 'width', width: Math.min(minN, ceilingAt(table, at)) },
			})),
	);
	const ceilings = tables.flatMap((table) =>
		(table.ceilings ?? []).map(({ at, most }): LinearConstraint => ({
			terms: cellTerms(blocks, table, at),
			low: 0,
			high: most,
		})),
	);
	const constraints = [
		...linked.map((terms): LinearConstraint => ({ terms, low: 0, high: 0 })),
		...equations.map(({ terms, count }): LinearConstraint => ({ terms, low: count, high: count })),
	];
	return solve({ equations: constraints, ceilings, targets, size });
}

function ceilingAt({ ceilings }: CountTable, at: Readonly<Record<string, string>>): number {
	return ceilings?.find((ceiling) => describe(ceiling.at) === describe(at))?.most ?? Infinity;
}

function solve({
	equations,
	ceilings,
	targets,
	size,
}: {
	equations: readonly LinearConstraint[];
	ceilings: readonly LinearConstraint[];
	targets: readonly Target[];
	size: number;
}): DisclosureProblem[] {
	const polytope = solveSystem({
		bounds: Array.from({ length: size }, () => ({ low: 0, high: Infinity })),
		constraints: [...equations, ...ceilings],
	});
	if (polytope === null) {
		const [table] = targets;
		return [{ table: table?.table ?? '', cell: 'all', low: 0, high: 0, reason: 'contradiction' }];
	}
	const isDetermined = findDetermined(
		equations.map(({ terms }) => terms),
		targets.map(({ terms }) => terms),
		size,
	);
	const exposed = findExposed(polytope, targets);
	return targets.flatMap((target, index): DisclosureProblem[] => {
		const { table, cell, terms } = target;
		if (isDetermined[index] === true) {
			const { low, high } = polytope.rangeOf(terms);
			return [{ table, cell, low: Math.round(low), high: Math.round(high), reason: 'determined' }];
		}
		const found = exposed.find((problem) => problem.table === table && problem.cell === cell);
		return found === undefined ? [] : [{ ...found, reason: 'narrow' }];
	});
}

/** Attributes that occur in one table together, directly or through others, share a block. */
function blocksOf(tables: readonly CountTable[]): Block[] {
	const groups = new Map<string, Set<string>>();
	for (const { dimensions } of tables) {
		for (const dimension of dimensions) {
			const known = groups.get(dimension.attributeId) ?? new Set();
			groups.set(dimension.attributeId, new Set([...known, ...dimension.groups]));
		}
	}
	const sets: string[][] = [];
	for (const { dimensions } of tables) {
		const own = dimensions.map(({ attributeId }) => attributeId);
		const touching = sets.filter((set) => set.some((attribute) => own.includes(attribute)));
		for (const set of touching) {
			sets.splice(sets.indexOf(set), 1);
		}
		sets.push([...new Set([...touching.flat(), ...own])]);
	}
	let offset = 0;
	return sets
		.filter((set) => set.length > 0)
		.map((set) => {
			const attributes = set.map((attributeId) => ({
				attributeId,
				groups: [...(groups.get(attributeId) ?? [])],
			}));
			const size = attributes.reduce((product, a) => product * a.groups.length, 1);
			if (size > largestBlock) {
				throw new RangeError(
					`Tables that cross ${set.join(', ')} have ${size} combinations, more than the ` +
						`${largestBlock} that can be audited together. Publish them in fewer dimensions.`,
				);
			}
			const block = { attributes, offset, size };
			offset += size;
			return block;
		});
}

/** The combinations a cell is the sum of. */
function cellTerms(
	blocks: readonly Block[],
	table: CountTable,
	at: Readonly<Record<string, string>>,
): [number, number][] {
	const attribute = Object.keys(at)[0] ?? table.dimensions[0]?.attributeId;
	const block =
		blocks.find(({ attributes }) => attributes.some((a) => a.attributeId === attribute)) ??
		blocks[0];
	return block === undefined ? [] : allOf(block, at);
}

function allOf(block: Block, at: Readonly<Record<string, string>>): [number, number][] {
	const indices = block.attributes.reduce<number[]>(
		(list, { attributeId, groups }) => {
			const wanted = at[attributeId];
			return list.flatMap((index) =>
				groups.flatMap((group, number) =>
					wanted === undefined || wanted === group ? [index * groups.length + number] : [],
				),
			);
		},
		[0],
	);
	return indices.map((index) => [block.offset + index, 1]);
}

function describe(at: Readonly<Record<string, string>>): string {
	const parts = Object.entries(at).map(([attribute, group]) => `${attribute}=${group}`);
	return parts.length === 0 ? 'total' : parts.join(', ');
}
