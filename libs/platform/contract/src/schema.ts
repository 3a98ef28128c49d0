import { fieldsOf } from './fields.js';

// Message classes have no constructor arguments.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Constructor<T = any> = new () => T;

export type JsonSchema = { [key: string]: unknown };

/** JSON Schema 2020-12 of a message class; nested classes become references into `#/components/schemas`. */
export function schemaOf(type: Constructor, collect: Map<string, Constructor>): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const field of fieldsOf(type)) {
    let schema: JsonSchema = { ...(typeof field.schema === 'function' ? field.schema() : field.schema) };
    if (field.nested) {
      const reference = referenceTo(field.nested(), collect);
      schema = field.list ? { ...schema, items: reference } : reference;
    }
    if (field.options.nullable) {
      schema = schema.$ref
        ? { anyOf: [schema, { type: 'null' }] }
        : {
            ...schema,
            type: [schema.type, 'null'],
            ...(schema.enum ? { enum: [...(schema.enum as unknown[]), null] } : {}),
          };
    }
    if (field.options.description) schema = { ...schema, description: field.options.description };
    if (field.options.example !== undefined) schema = { ...schema, examples: [field.options.example] };
    properties[field.name] = schema;
    if (!field.options.optional) required.push(field.name);
  }
  return { type: 'object', properties, ...(required.length && { required }), additionalProperties: false };
}

/** A `$ref` to a message class; the class is put into `collect` under its name. */
export function referenceTo(type: Constructor, collect: Map<string, Constructor>): JsonSchema {
  const known = collect.get(type.name);
  if (known && known !== type) throw new Error(`two message classes are called ${type.name}`);
  collect.set(type.name, type);
  return { $ref: `#/components/schemas/${type.name}` };
}
