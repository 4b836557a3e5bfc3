import { createServer } from 'node:http';
import { DISABILITIES, PROTECTION_CONCERNS, SERVICE_TYPES } from '../../local/primero/codes.ts';
import { type PrimeroOptions, startPrimero } from '../../local/primero/index.ts';
import { listen } from '../support/listen.ts';

/** Fields of the invented country, by the field of the sandbox that has their content. */
const FIELDS: Readonly<Record<string, string>> = {
  case_id_display: 'case_number',
  registration_date: 'intake_date',
  disability_type: 'impairment',
  type_of_case: 'care_plan',
  sex: 'gender',
  age: 'years',
  protection_concerns: 'risks',
  consent_reporting: 'may_report',
  location_current: 'lives_in',
  services_section: 'support_given',
  service_type: 'support_kind',
  service_implemented_day_time: 'given_on',
};

/** Fields that have the same name in every Primero. */
const OF_EVERY_PRIMERO = [
  'id',
  'enabled',
  'record_state',
  'created_at',
  'last_updated_at',
  'unique_id',
];

const numbered = (codes: readonly string[], name: string) =>
  codes.map((code, n) => [code, `${name}_${n + 1}`] as const);

/** Codes of the invented country, by field and by the sandbox's code; others are the same. */
const CODES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  gender: new Map([
    ['male', 'm'],
    ['female', 'f'],
    ['other', 'x'],
  ]),
  impairment: new Map(numbered(DISABILITIES, 'impairment')),
  risks: new Map(numbered(PROTECTION_CONCERNS, 'risk')),
  support_kind: new Map(numbered(SERVICE_TYPES, 'support')),
  care_plan: new Map([
    ['children_undergoing_reintegration_55427', 'going_home_1'],
    ['children_in_residential_care_71835', 'with_relatives_2'],
  ]),
};

/** Two levels of places: three regions, four towns in each. */
const toPlace = (code: string): string => {
  if (!/^[1-9]\d{0,7}$/.test(code)) return code;
  const digits = code.length % 2 === 0 ? 2 : 1;
  const region = `R${(Number(code.slice(0, digits)) % 3) + 1}`;
  const town = code.slice(digits, digits + 2);
  return town === '' ? region : `${region}T${(Number(town) % 4) + 1}`;
};

type Fields = Record<string, unknown>;

const toValue = (field: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => toValue(field, each));
  if (typeof value === 'object' && value !== null) return translated(value as Fields);
  if (typeof value !== 'string') return value;
  return field === 'lives_in' ? toPlace(value) : (CODES[field]?.get(value) ?? value);
};

/** A record of the sandbox as the invented country has it: with its own names and codes, and none of the others. */
export const translated = (record: Fields): Fields =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      if (OF_EVERY_PRIMERO.includes(name)) return [[name, value]];
      const field = FIELDS[name];
      return field ? [[field, toValue(field, value)]] : [];
    }),
  );

const inSandbox = (field: string): string => {
  const found = Object.entries(FIELDS).find(([, name]) => name === field);
  if (found) return found[0];
  // What the invented country does not have, the sandbox must not have either.
  return field in FIELDS ? `${field}_zzz` : field;
};

const codeInSandbox = (field: string, code: string): string =>
  [...(CODES[field] ?? [])].find(([, own]) => own === code)?.[0] ?? code;

/** The path and parameters of a question as the sandbox understands it. */
const toQuestion = (path: string): string => {
  const url = new URL(path, 'http://localhost');
  const asked = [...url.searchParams].map(([name, value]) => {
    if (name === 'fields') return [name, value.split(',').map(inSandbox).join(',')];
    return [
      inSandbox(name),
      value
        .split(',')
        .map((code) => codeInSandbox(name, code))
        .join(','),
    ];
  });
  return `${url.pathname}?${new URLSearchParams(asked as [string, string][])}`;
};

type Option = { id: string };
type Field = { name: string };

const LISTS: Readonly<Record<string, string>> = {
  'lookup-gender': 'gender',
  'lookup-disability-type': 'impairment',
  'lookup-protection-concerns': 'risks',
  'lookup-service-type': 'support_kind',
  'lookup-case-type': 'care_plan',
};

/** An answer with the names and codes of the invented country, whatever it was asked for. */
const toAnswer = (path: string, { data, ...rest }: { data?: unknown }) => {
  if (/\/lookups/.test(path))
    return {
      ...rest,
      data: (data as { unique_id: string; values: Option[] }[]).map((list) => ({
        ...list,
        values: list.values.map((option) => ({
          ...option,
          id: CODES[LISTS[list.unique_id] ?? '']?.get(option.id) ?? option.id,
        })),
      })),
    };
  if (/\/forms/.test(path))
    return {
      ...rest,
      data: (data as { unique_id: string; fields: Field[] }[]).map((form) => ({
        ...form,
        unique_id: FIELDS[form.unique_id] ?? form.unique_id,
        fields: form.fields.flatMap((field) =>
          FIELDS[field.name] ? [{ ...field, name: FIELDS[field.name] }] : [],
        ),
      })),
    };
  if (Array.isArray(data)) return { ...rest, data: data.map(translated) };
  return data ? { ...rest, data: translated(data as Fields) } : rest;
};

/** Starts a Primero of the invented country: the sandbox, behind a server that gives fields and codes other names. */
export const startOtherPrimero = async (options: PrimeroOptions) => {
  const primero = await startPrimero(options);
  const server = createServer(async ({ url = '', headers, method = 'GET' }, response) => {
    const sent = new Headers({ authorization: headers.authorization ?? '' });
    const answer = await fetch(`${primero.url}${toQuestion(url)}`, { method, headers: sent });
    const text = await answer.text();
    const body = answer.ok ? JSON.stringify(toAnswer(url, JSON.parse(text))) : text;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
  });
  const port = await listen(server);
  return {
    primero,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await primero.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
