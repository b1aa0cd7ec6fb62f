/** What every labelled control takes. */
export interface FieldProps {
	label: string;
	/** One sentence of help, read with the label. */
	hint?: string | undefined;
	/** What is wrong and how to put it right. */
	error?: string | undefined;
	isOptional?: boolean;
}

export interface Choice {
	/** What is sent. */
	value: string;
	label: string;
	hint?: string;
}

/** One line of an error summary: what is wrong, and the id of the control to go to. */
export interface FieldError {
	id: string;
	message: string;
}

/** The lines of an error summary from the API's words per field; controls have their name as id. */
export function fieldErrors(fields: Record<string, string>): FieldError[] {
	return Object.entries(fields).map(([id, message]) => ({ id, message }));
}
