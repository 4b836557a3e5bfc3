/**
 * Khmer labels of option codes and fields, for a dictionary in both languages. They are good enough
 * to show, and no official translation; a code without one is sent blank, as Primero does.
 */
export const KHMER: Readonly<Record<string, string>> = {
  Male: 'ប្រុស',
  Female: 'ស្រី',
  Other: 'ផ្សេងៗ',
  Yes: 'បាទ/ចាស',
  No: 'ទេ',
  'At risk of neglect': 'ប្រឈមនឹងការធ្វេសប្រហែស',
  'Experiencing neglect': 'ទទួលរងការធ្វេសប្រហែស',
  Separated: 'បែកពីគ្រួសារ',
  Orphaned: 'កំព្រា',
  Unaccompanied: 'គ្មានអ្នកអម',
  'In conflict with the law': 'មានទំនាស់នឹងច្បាប់',
  'Minority / Isolated community': 'ជនជាតិភាគតិច / សហគមន៍ដាច់ស្រយាល',
  'At risk of trafficking': 'ប្រឈមនឹងការជួញដូរ',
  'Experienced trafficking': 'ធ្លាប់រងការជួញដូរ',
  'At risk of physical violence': 'ប្រឈមនឹងអំពើហិង្សាលើរាងកាយ',
  'Experiencing physical violence': 'ទទួលរងអំពើហិង្សាលើរាងកាយ',
  'At risk of emotional violence': 'ប្រឈមនឹងអំពើហិង្សាផ្លូវចិត្ត',
  'Experiencing emotional violence': 'ទទួលរងអំពើហិង្សាផ្លូវចិត្ត',
  'At risk of sexual violence': 'ប្រឈមនឹងអំពើហិង្សាផ្លូវភេទ',
  'Experienced sexual violence': 'ធ្លាប់រងអំពើហិង្សាផ្លូវភេទ',
  'At risk of child labour': 'ប្រឈមនឹងពលកម្មកុមារ',
  'Experiencing child labour': 'ទទួលរងពលកម្មកុមារ',
  Abandonment: 'ការបោះបង់ចោល',
  'Affected by migration': 'រងផលប៉ះពាល់ពីចំណាកស្រុក',
  'Affected by COVID-19': 'រងផលប៉ះពាល់ពីកូវីដ-១៩',
  'Infected by COVID-19': 'ឆ្លងជំងឺកូវីដ-១៩',
  'Social Work / Case Work': 'ការងារសង្គម / ការគ្រប់គ្រងករណី',
  'Family Based Care': 'ការថែទាំក្នុងគ្រួសារ',
  'Drug / Alcohol': 'គ្រឿងញៀន / សុរា',
  Counselling: 'ការប្រឹក្សា',
  'Financial Development': 'ការអភិវឌ្ឍហិរញ្ញវត្ថុ',
  'Disability Support': 'ការគាំទ្រជនមានពិការភាព',
  'Medical Support': 'ការគាំទ្រផ្នែកវេជ្ជសាស្ត្រ',
  'Legal Support': 'ការគាំទ្រផ្នែកច្បាប់',
  'Mental Health Support': 'ការគាំទ្រសុខភាពផ្លូវចិត្ត',
  'Training and Education': 'ការបណ្តុះបណ្តាល និងការអប់រំ',
  'Family Support': 'ការគាំទ្រគ្រួសារ',
  'Anti-Trafficking': 'ប្រឆាំងការជួញដូរ',
  'Vision Disability': 'ពិការភាពគំហើញ',
  'Hearing or Speech Disability': 'ពិការភាពស្តាប់ ឬនិយាយ',
  'Children undergoing reintegration': 'កុមារកំពុងធ្វើសមាហរណកម្ម',
  'Kinship care': 'ការថែទាំដោយញាតិ',
  'Family reunification': 'ការបង្រួបបង្រួមគ្រួសារ',
  'Foster care': 'គ្រួសារចិញ្ចឹម',
  'Community based care': 'ការថែទាំក្នុងសហគមន៍',
  'Residential care': 'ការថែទាំតាមមណ្ឌល',
  'Case ID': 'លេខករណី',
  'Date of registration': 'កាលបរិច្ឆេទចុះបញ្ជី',
  'OSCaR number': 'លេខ OSCaR',
  'Type of case': 'ប្រភេទករណី',
  'Type of placement': 'ប្រភេទនៃការដាក់ឲ្យរស់នៅ',
  'Disability type': 'ប្រភេទពិការភាព',
  Sex: 'ភេទ',
  Age: 'អាយុ',
  'Protection concerns': 'ក្តីបារម្ភផ្នែកការពារ',
  'Consent for reporting': 'ការយល់ព្រមសម្រាប់រាយការណ៍',
  'Current location': 'ទីតាំងបច្ចុប្បន្ន',
  'Location of caregiver': 'ទីតាំងអ្នកថែទាំ',
  Services: 'សេវា',
  'Type of service': 'ប្រភេទសេវា',
  'Date of service': 'កាលបរិច្ឆេទផ្តល់សេវា',
};

/** A text in both languages, as Primero sends it. */
export const inBoth = (en: string): { en: string; km: string } => ({ en, km: KHMER[en] ?? '' });

/** A code as words: `kinship_care_20417` → `Kinship care`. */
export const wordsOf = (code: string): string => {
  const words = code.replace(/_\d+$/, '').replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
