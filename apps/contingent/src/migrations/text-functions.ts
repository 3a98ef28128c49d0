/** Functions over what senders write into text cells. */
export const textFunctions = (schema: string): string[] => [
  `create function ${schema}.fitting(value text, longest int) returns text language sql immutable as $$
    select case when length(value) > longest then left(value, longest - 1) || '…' else value end
  $$`,
  // «8 (912) 000-00-01», «79120000001» and «+7 912 000 00 01» are one number.
  `create function ${schema}.e164(value text) returns text language sql immutable as $$
    select case
      when digits ~ '^8[0-9]{10}$' then '+7' || substr(digits, 2)
      when digits ~ '^7[0-9]{10}$' then '+' || digits
      when digits ~ '^[+][1-9][0-9]{6,14}$' then digits
    end
    from (select regexp_replace(value, '[^0-9+]', '', 'g') as digits) as d
  $$`,
  `create function ${schema}.mail_address(value text) returns text language sql immutable as $$
    select case when length(value) <= 254 and value ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' then value end
  $$`,
];
