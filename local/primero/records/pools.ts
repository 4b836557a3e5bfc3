import { faker } from '@faker-js/faker/locale/en';
import { TAINT } from '../taint.ts';
import { FAMILY_NAMES, GIVEN_NAMES, KHMER_NAMES, KHMER_SENTENCES } from './words.ts';

/**
 * Names, phones, addresses and notes to draw from: invented, made once, each with the marker.
 * Drawing a text from a list costs nothing; a record of 15 KB is made in under 0.1 ms.
 */
type Pools = {
  names: readonly string[];
  khmerNames: readonly string[];
  phones: readonly string[];
  addresses: readonly string[];
  emails: readonly string[];
  words: readonly string[];
  englishNotes: readonly string[];
  khmerNotes: readonly string[];
};

const times = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const makePools = (): Pools => {
  faker.seed(20261001);
  const one = <T>(list: readonly T[]): T => faker.helpers.arrayElement(list);
  const phone = () => `+855 ${faker.helpers.replaceSymbols('## ### ###')} ${TAINT}`;
  const sentences = (count: number, make: () => string) => times(count, make).join(' ');
  return {
    names: times(600, () => `${one(FAMILY_NAMES)} ${one(GIVEN_NAMES)} ${TAINT}`),
    khmerNames: times(200, () => `${one(KHMER_NAMES)} ${one(KHMER_NAMES)} ${TAINT}`),
    phones: times(400, phone),
    addresses: times(
      300,
      () =>
        `No. ${faker.location.buildingNumber()}, St. ${faker.number.int(600)}, ${faker.location.street()} ${TAINT}`,
    ),
    emails: times(100, () => `${TAINT}.${faker.internet.username()}@example.org`),
    words: times(100, () => `${faker.word.noun()} ${TAINT}`),
    englishNotes: times(120, () => `${TAINT} ${sentences(4, () => faker.lorem.sentence(14))}`),
    khmerNotes: times(80, () => `${TAINT} ${sentences(3, () => one(KHMER_SENTENCES))}`),
  };
};

let pools: Pools | undefined;
const all = (): Pools => {
  pools ??= makePools();
  return pools;
};

export const names = () => all().names;
export const khmerNames = () => all().khmerNames;
export const phones = () => all().phones;
export const addresses = () => all().addresses;
export const emails = () => all().emails;
export const words = () => all().words;
export const englishNotes = () => all().englishNotes;
export const khmerNotes = () => all().khmerNotes;
