export * from './params.ts';
export * from './percent.ts';
export * from './one-dimension.ts';
export * from './two-dimension.ts';
