/** Recordings of a session on their way to text. */
export interface SpeechList {
	jobs: {
		recordingId: string;
		language: string;
		/** Interrupted: the server that worked on it stopped. It can be started again. */
		status: 'waiting' | 'running' | 'done' | 'failed' | 'interrupted';
		percent: number;
		/** Why it failed: with the end of what the command said. */
		message: string | null;
		transcriptId: string | null;
	}[];
}
