/** Types of the validators that `npm run generate` compiles from `schemas/`. */

/** One violation as ajv states it; never shown to people. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Validator {
  (data: unknown): boolean;
  errors?: SchemaError[] | null;
}

export declare const validateProject: Validator;
export declare const validateMappingFile: Validator;
