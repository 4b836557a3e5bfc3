import { gazetteer, type Place } from '../gazetteer.ts';
import { pageOf } from './paging.ts';
import type { Query } from './query.ts';

const COUNTRY = { code: 'KH', type: 'country', en: 'Cambodia', km: 'កម្ពុជា' };
const LEVELS = { province: 1, district: 2, commune: 3 };

type Located = {
  id: number;
  code: string;
  type: string;
  disabled: boolean;
  name: { en: string; km: string };
  admin_level: number;
  placename: { en: string; km: string };
  hierarchy: string[];
};

/** Code of the place that a place lies in: two digits less. */
const parentOf = ({ code, level }: Place): string =>
  level === 'province' ? COUNTRY.code : code.slice(0, -2);

const make = (): Located[] => {
  const { en, km, code, type } = COUNTRY;
  const country: Located = {
    id: 1,
    code,
    type,
    disabled: false,
    name: { en, km },
    admin_level: 0,
    placename: { en, km },
    hierarchy: [code],
  };
  const located = new Map([[code, country]]);
  for (const place of gazetteer()) {
    const parent = located.get(parentOf(place)) ?? country;
    located.set(place.code, {
      id: located.size + 1,
      code: place.code,
      type: place.type,
      disabled: false,
      name: {
        en: `${parent.name.en}::${place.name_en}`,
        km: `${parent.name.km}::${place.name_km}`,
      },
      admin_level: LEVELS[place.level],
      placename: { en: place.name_en, km: place.name_km },
      hierarchy: [...parent.hierarchy, place.code],
    });
  }
  return [...located.values()];
};

let all: Located[] | undefined;

/** `GET /api/v2/locations`: 100 a page by default, no cap; level and parents with `hierarchy=true`. */
export const answerLocations = (query: Query) => {
  all ??= make();
  const page = pageOf(all, query, 100, Infinity);
  if (query.hierarchy === 'true') return page;
  const short = ({ id, code, type, disabled, name }: Located) => ({
    id,
    code,
    type,
    disabled,
    name,
  });
  return { ...page, data: page.data.map(short) };
};
