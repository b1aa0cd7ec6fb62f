/** The categories of the deck, in its order. */
export const categories = [
	'relationship_building',
	'assessment',
	'professional_development',
	'communication_transparency',
	'other_contract_requests',
	'non_contract_district',
	'non_contract_advisory',
] as const;
