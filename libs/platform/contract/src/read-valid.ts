import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { fieldsOf } from './fields.js';
import type { Constructor } from './schema.js';

interface FieldPlan {
  name: string;
  isOptional: boolean;
  isNullable: boolean;
  rules: ((value: unknown, message: object) => boolean)[];
  nested: (() => Constructor) | undefined;
  isList: boolean;
}

interface Plan {
  names: ReadonlySet<string>;
  fields: readonly FieldPlan[];
}

const plans = new WeakMap<Constructor, Plan>();

/**
 * A plain object as a message class, if it follows every rule; null if it does not, or might not, for class-validator to
 * say why. The rules are class-validator's own, looked up once for each class instead of for each message: a class's marks
 * are 25 facts, and three services read each of them.
 * @param strict refuse properties the class does not name; without it they are left behind
 */
export function readValid<T extends object>(type: Constructor<T>, plain: object, strict: boolean): T | null {
  let plan = plans.get(type);
  if (!plan) plans.set(type, (plan = planOf(type)));
  if (strict) for (const name of Object.keys(plain)) if (!plan.names.has(name)) return null;
  const message = new type() as Record<string, unknown>;
  for (const field of plan.fields) {
    const value = (plain as Record<string, unknown>)[field.name];
    if (value === undefined) {
      if (!field.isOptional) return null;
    } else if (value === null) {
      if (!field.isNullable) return null;
      message[field.name] = null;
    } else {
      const read = field.nested ? readNested(field.nested(), value, field.isList, strict) : value;
      if (read === null) return null;
      for (const rule of field.rules) if (!rule(read, message)) return null;
      message[field.name] = read;
    }
  }
  return message as T;
}

function readNested(type: Constructor, value: unknown, isList: boolean, strict: boolean): unknown {
  if (!isList) return isPlainObject(value) ? readValid(type, value, strict) : null;
  if (!Array.isArray(value)) return null;
  const items: object[] = [];
  for (const one of value as unknown[]) {
    const item = isPlainObject(one) ? readValid(type, one, strict) : null;
    if (item === null) return null;
    items.push(item);
  }
  return items;
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function planOf(type: Constructor): Plan {
  const storage = getMetadataStorage();
  const rules = storage
    .getTargetValidationMetadatas(type, '', false, false)
    .filter((metadata) => metadata.type === ValidationTypes.CUSTOM_VALIDATION);
  const fields = fieldsOf(type).map(({ name, options, nested, list }): FieldPlan => ({
    name,
    isOptional: options.optional ?? false,
    isNullable: options.nullable ?? false,
    nested,
    isList: list ?? false,
    rules: rules
      .filter((metadata) => metadata.propertyName === name)
      .flatMap((metadata) =>
        storage.getTargetValidatorConstraints(metadata.constraintCls).map((constraint) => {
          const holds = (value: unknown, message: object): boolean =>
            constraint.instance.validate(value, {
              targetName: type.name,
              property: name,
              object: message,
              value,
              constraints: metadata.constraints,
            }) === true;
          return (value: unknown, message: object): boolean =>
            metadata.each && Array.isArray(value)
              ? value.every((one) => holds(one, message))
              : holds(value, message);
        }),
      ),
  }));
  return { names: new Set(fields.map((field) => field.name)), fields };
}
