import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const deviceParam = engagementParam.extend({ deviceId: z.uuid() });

export const deviceBody = z.object({
	/** What is written on its back: 'Tablet 3'. */
	label: z
		.string()
		.trim()
		.min(1, { error: 'Say what is written on the tablet, such as “Tablet 3”.' })
		.max(60, { error: 'The label has up to 60 characters.' }),
});

/** A tablet that was just set up. The token is shown to it this once. */
export interface EnrolledDevice {
	id: string;
	label: string;
	token: string;
}

export interface DeviceView {
	id: string;
	label: string;
	/** Who set it up. */
	person: string;
	/** A day; null before its first session. */
	lastSeenOn: string | null;
	isRevoked: boolean;
}

export interface DeviceList {
	devices: DeviceView[];
}
