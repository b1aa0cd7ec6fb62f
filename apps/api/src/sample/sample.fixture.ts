import { readFileSync } from 'node:fs';
import { compileSurvey, parseDefinition, type Survey } from '@throughline/survey-engine';
import { generateResponses, type SampleResponse } from './generate.ts';
import { readSample, type SampleEngagement } from './read-sample.ts';

/** The sample as it is loaded, and one run of its generator, for the tests of this folder. */
export interface GeneratedSample {
	readonly sample: SampleEngagement;
	readonly survey: Survey;
	readonly responses: readonly SampleResponse[];
}

export function generateSample(seed = 20_260_607, count = 1400): GeneratedSample {
	const sample = readSample();
	const survey = readStudentSurvey();
	const { sites, phrases, connectors } = sample;
	const responses = generateResponses({ seed, count, survey, sites, phrases, connectors });
	return { sample, survey, responses };
}

function readStudentSurvey(): Survey {
	const address = new URL('../../sample/surveys/student.json', import.meta.url);
	const parsed = parseDefinition(JSON.parse(readFileSync(address, 'utf8')));
	if (!parsed.ok) {
		throw new Error(`surveys/student.json: ${parsed.problems[0]?.message ?? 'does not fit'}`);
	}
	return compileSurvey(parsed.definition);
}
