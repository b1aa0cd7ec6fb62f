/** Whether these roles write findings and recommendations (policies/verbs.ts). */
export function mayDecide(roles: readonly string[]): boolean {
	return roles.includes('advisory_member') || roles.includes('administrator');
}
