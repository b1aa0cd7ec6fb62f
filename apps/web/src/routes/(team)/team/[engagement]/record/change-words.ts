import { text, type Key } from '#lib/i18n/text.ts';

const KNOWN: Readonly<Record<string, Key<'staff'>>> = {
	'person.invited': 'changes.invited',
	'person.roles_changed': 'changes.rolesChanged',
	'person.removed': 'changes.removed',
	'person.signed_out': 'changes.signedOut',
	'second_factor.set_up': 'changes.secondSetUp',
	'second_factor.recovery_used': 'changes.secondRecovery',
	'second_factor.codes_renewed': 'changes.secondRenewed',
	'second_factor.removed': 'changes.secondRemoved',
	'site.added': 'changes.siteAdded',
	'site.changed': 'changes.siteChanged',
	'group.added': 'changes.groupAdded',
	'group.changed': 'changes.groupChanged',
	'milestone.added': 'changes.milestoneAdded',
	'milestone.changed': 'changes.milestoneChanged',
	'milestone.removed': 'changes.milestoneRemoved',
	'invitation.accepted': 'changes.accepted',
	'invitation.withdrawn': 'changes.withdrawn',
	'window.created': 'changes.windowCreated',
	'window.edited': 'changes.windowEdited',
	'window.opened': 'changes.windowOpened',
	'window.closed': 'changes.windowClosed',
	'window.deleted': 'changes.windowDeleted',
	'codes.made': 'changes.codesMade',
	'codes.replaced': 'changes.codesReplaced',
	'theme.edited': 'changes.themeEdited',
	'excerpt.brought_back': 'changes.broughtBack',
	'disagreement.settled': 'changes.settled',
	'disagreement.unsettled': 'changes.unsettled',
	'quote.proposed': 'changes.quoteProposed',
	'quote.cleared': 'changes.quoteCleared',
	'quote.blocked': 'changes.quoteBlocked',
	'quote.unsaid': 'changes.quoteUnsaid',
	'quote.withdrawn': 'changes.quoteWithdrawn',
	'responses.imported': 'changes.responsesImported',
	'rows.asked': 'changes.rowsAsked',
	'rows.approved': 'changes.rowsApproved',
	'rows.refused': 'changes.rowsRefused',
	'rows.fetched': 'changes.rowsFetched',
	'codebook.imported': 'changes.codebookImported',
	'finding.created': 'changes.findingCreated',
	'finding.changed': 'changes.findingChanged',
	'finding.ready': 'changes.findingReady',
	'finding.draft': 'changes.findingDraft',
	'finding.archived': 'changes.findingArchived',
	'finding.restored': 'changes.findingRestored',
	'transcript.imported': 'changes.transcriptImported',
	'transcript.checked': 'changes.transcriptChecked',
	'transcript.reopened': 'changes.transcriptReopened',
	'transcript.deleted': 'changes.transcriptDeleted',
	'redaction.reversed': 'changes.redactionReversed',
	'recommendation.created': 'changes.recommendationCreated',
	'recommendation.changed': 'changes.recommendationChanged',
	'recommendation.linked': 'changes.recommendationLinked',
	'device.enrolled': 'changes.deviceEnrolled',
	'device.revoked': 'changes.deviceRevoked',
	'dialog.planned': 'changes.dialogPlanned',
	'dialog.changed': 'changes.dialogChanged',
	'dialog.cancelled': 'changes.dialogCancelled',
	'dialog.brought_back': 'changes.dialogBroughtBack',
	'dialog.gate_ticked': 'changes.gateTicked',
	'dialog.gate_unticked': 'changes.gateUnticked',
	'dialog.slips_drawn': 'changes.slipsDrawn',
	'dialog.slips_replaced': 'changes.slipsReplaced',
	'dialog.withdrawn': 'changes.dialogWithdrawn',
	'engagement.imported': 'changes.engagementImported',
	'flag.resolved': 'changes.flagResolved',
	'group_review.made': 'changes.groupReviewMade',
	'recording.deleted': 'changes.recordingDeleted',
	'recording.downloaded': 'changes.recordingDownloaded',
	'recording.received': 'changes.recordingReceived',
	'release.prepared': 'changes.releasePrepared',
	'release.approved': 'changes.releaseApproved',
	'release.frozen': 'changes.releaseFrozen',
	'survey.published': 'changes.surveyPublished',
	'safety_flag.seen': 'changes.safetySeen',
	'safety_flag.closed': 'changes.safetyClosed',
};

const statuses: Readonly<Record<string, Key<'staff'>>> = {
	draft: 'recommendation.status.draft',
	advisory_review: 'recommendation.status.advisory_review',
	advisory_approved: 'recommendation.status.advisory_approved',
	admin_approved: 'recommendation.status.admin_approved',
	sent_to_partner: 'recommendation.status.sent_to_partner',
	in_contract: 'recommendation.status.in_contract',
	partly_in_contract: 'recommendation.status.partly_in_contract',
	district_action: 'recommendation.status.district_action',
	not_adopted: 'recommendation.status.not_adopted',
	withdrawn: 'recommendation.status.withdrawn',
};

/** What somebody did, as a sentence goes on after their name. */
export function changeWords(action: string): string {
	const t = text('staff', 'en');
	const key = KNOWN[action];
	if (key) {
		return t(key);
	}
	const [kind, step = ''] = action.split('.');
	const status = kind === 'recommendation' ? statuses[step] : undefined;
	if (status) {
		return t('changes.recommendationMoved', { status: t(status) });
	}
	// An action of an older release, which has no words any more, keeps its own name.
	return action.replaceAll(/[._]/g, ' ');
}
