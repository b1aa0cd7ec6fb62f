import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';
import { type WithdrawalChoice, withdrawalChoices } from '../../withdrawal/choices.ts';

export const sessionParam = engagementParam.extend({ sessionId: z.uuid() });
export const seatParam = sessionParam.extend({ seatId: z.uuid() });
export const answerParam = sessionParam.extend({ answerId: z.uuid() });

export const reviewBody = z.object({ openUntil: z.iso.date() });
export const staffWithdrawalBody = z.object({ choice: z.enum(withdrawalChoices) });

/** A link just made: the only time its address is told. */
export interface GroupLink {
	address: string;
	/** The address as a QR code: path data and size. */
	qr: { path: string; size: number };
	openUntil: string;
}

export interface GroupReviewView {
	id: string;
	openUntil: string;
	isOpen: boolean;
	madeOn: string;
}

export interface GroupAnswerView {
	id: string;
	kind: 'approve' | 'correct' | 'withdraw';
	/** The correction; '' otherwise. */
	text: string;
	/** What it is about; '' for words taken back. */
	words: string;
	language: string;
	direction: 'ltr' | 'rtl';
	on: string;
	handled: { by: string | null; on: string } | null;
}

/** What a session's group was given to look at, and what it said. */
export interface GroupReviews {
	reviews: GroupReviewView[];
	answers: GroupAnswerView[];
	page: number;
	hasMore: boolean;
}

/** Seats of a session, for whoever is on duty: labels, and who took everything back. */
export interface SeatChoices {
	seats: { id: string; label: string; isWithdrawn: boolean }[];
	/** What happens with each choice, to be read to the person. */
	words: Record<WithdrawalChoice, string>;
}
