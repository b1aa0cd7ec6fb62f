import { problemWords } from '#lib/problem.ts';
import { text } from '#lib/i18n/text.ts';

/** What the page of a sign-in link says when it did not sign anybody in. */
export interface LinkProblem {
	title: string;
	why: string;
	next: string;
	/** Whether pressing the button again may help; otherwise a new link is asked for. */
	isWorthAnotherTry: boolean;
}

const t = text('staff', 'en');

/** The words for a link without its token, as when a mail program broke it in two. */
export function partialLink(): LinkProblem {
	return {
		title: t('link.partial.title'),
		why: t('link.partial.why'),
		next: t('link.partial.text'),
		isWorthAnotherTry: false,
	};
}

/** The words for a browser that has no network. */
export function offlineLink(): LinkProblem {
	return {
		title: t('link.failed.title'),
		why: t('link.offline.why'),
		next: t('link.offline.text'),
		isWorthAnotherTry: true,
	};
}

/**
 * The words for what the API answered. Only a link that was used up or ran out 'no longer works':
 * a server that did not answer says nothing about the link.
 */
export function linkProblem({
	status,
	code,
	message,
}: {
	status: number;
	code: string;
	message: string;
}): LinkProblem {
	if (code === 'link_used_up') {
		return {
			title: t('link.usedUp.title'),
			why: t('link.usedUp.why'),
			next: t('link.usedUp.text'),
			isWorthAnotherTry: false,
		};
	}
	if (code === 'not_invited') {
		return {
			title: t('link.refused.title'),
			why: message,
			next: t('signIn.refused.text'),
			isWorthAnotherTry: false,
		};
	}
	if (code === 'invalid_input') {
		return partialLink();
	}
	return {
		title: t('link.failed.title'),
		why: problemWords(status, 'en').title,
		next: t('link.failed.text'),
		isWorthAnotherTry: true,
	};
}
