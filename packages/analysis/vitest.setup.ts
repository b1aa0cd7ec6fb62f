import fc from 'fast-check';

// Property tests look at the same cases on every machine; a new seed is a deliberate change.
fc.configureGlobal({
	seed: 20_261_123,
	// Mutation testing asks whether a change is noticed, not for the smallest case that shows it.
	endOnFailure: process.env['MUTATION_TESTS'] !== undefined,
});
