export type WordTable<Name extends string> = Readonly<Record<Name, readonly string[]>>;

export type Subject = 'landscape' | 'city' | 'product' | 'portrait' | 'space' | 'abstract';
export type Ground = 'mountains' | 'dunes' | 'sea' | 'hills' | 'forest';
export type TimeOfDay = 'dawn' | 'day' | 'golden' | 'sunset' | 'dusk' | 'night';
export type Weather = 'clear' | 'cloudy' | 'fog' | 'rain' | 'snowfall' | 'storm';
export type Extra =
  | 'boat'
  | 'cabin'
  | 'balloon'
  | 'birds'
  | 'flowers'
  | 'aurora'
  | 'beach'
  | 'moon'
  | 'sun';
export type Product = 'bottle' | 'vase' | 'mug' | 'lamp' | 'jar' | 'bowl';
export type Material = 'glass' | 'ceramic' | 'metal' | 'wood';
export type Hair = 'short' | 'long' | 'bun' | 'hat' | 'curls';
export type Tint = keyof typeof TINT_COLOURS;

/** Where several names fit, the first in its table wins. */
export const SUBJECTS: WordTable<Exclude<Subject, 'landscape'>> = {
  portrait: ['portrait', 'headshot', 'selfie'],
  product: ['product', 'packaging', 'packshot', 'tabletop'],
  space: [
    'space',
    'galaxy',
    'planet',
    'ringed',
    'saturn',
    'nebula',
    'cosmos',
    'universe',
    'orbit',
    'asteroid',
  ],
  city: [
    'city',
    'skyline',
    'skyscraper',
    'downtown',
    'metropolis',
    'town',
    'street',
    'urban',
    'harbor',
    'harbour',
    'cyberpunk',
    'cityscape',
  ],
  abstract: ['abstract', 'pattern', 'gradient', 'swirl', 'fluid', 'fractal'],
};
/** Make a portrait only where the prompt names no place. */
export const SOMEONE: WordTable<'portrait'> = {
  portrait: [
    'woman',
    'face',
    'model',
    'man',
    'person',
    'adult',
    'actor',
    'dancer',
    'chef',
    'doctor',
    'musician',
    'worker',
    'engineer',
  ],
};
export const GROUNDS: WordTable<Exclude<Ground, 'forest'>> = {
  mountains: [
    'mountain',
    'mountainous',
    'peak',
    'alps',
    'alpine',
    'summit',
    'ridge',
    'glacier',
    'valley',
    'fjord',
    'highland',
    'himalaya',
    'cliff',
    'canyon',
    'volcano',
  ],
  dunes: ['desert', 'dune', 'sahara', 'sand', 'sandy'],
  sea: [
    'sea',
    'ocean',
    'beach',
    'coast',
    'coastal',
    'wave',
    'shore',
    'seaside',
    'island',
    'lagoon',
    'seascape',
    'surf',
    'tropical',
  ],
  hills: [
    'hill',
    'hilly',
    'meadow',
    'field',
    'countryside',
    'grassland',
    'pasture',
    'prairie',
    'farmland',
    'landscape',
    'vineyard',
    'moor',
    'steppe',
    'savanna',
    'tundra',
    'garden',
    'park',
  ],
};
export const LAKES: WordTable<'lake'> = {
  lake: ['lake', 'pond', 'river', 'reservoir', 'fjord', 'water', 'reflection', 'bay', 'lakeside'],
};
export const FORESTS: WordTable<'forest'> = {
  forest: [
    'forest',
    'wood',
    'woodland',
    'tree',
    'pine',
    'fir',
    'spruce',
    'jungle',
    'taiga',
    'conifer',
    'grove',
  ],
};
export const WINTERS: WordTable<'winter'> = {
  winter: [
    'snow',
    'snowy',
    'winter',
    'ice',
    'icy',
    'frozen',
    'frost',
    'frosty',
    'arctic',
    'glacier',
    'wintry',
  ],
};
export const TIMES: WordTable<TimeOfDay> = {
  sunset: ['sunset', 'sundown'],
  dawn: ['dawn', 'sunrise', 'morning', 'daybreak'],
  dusk: ['dusk', 'twilight', 'gloaming'],
  night: [
    'night',
    'midnight',
    'nocturnal',
    'moonlight',
    'moonlit',
    'star',
    'starry',
    'neon',
    'aurora',
  ],
  golden: ['golden', 'afternoon', 'evening', 'autumn', 'fall'],
  day: ['day', 'daylight', 'noon', 'midday', 'sunny', 'summer', 'spring', 'bright'],
};
export const WEATHERS: WordTable<Weather> = {
  storm: ['storm', 'stormy', 'thunder', 'lightning', 'tempest', 'dramatic'],
  snowfall: ['snowfall', 'snowing', 'blizzard', 'snowstorm', 'snowflake'],
  rain: ['rain', 'rainy', 'drizzle', 'monsoon', 'shower'],
  fog: ['fog', 'foggy', 'mist', 'misty', 'haze', 'hazy'],
  cloudy: ['cloud', 'cloudy', 'overcast'],
  clear: ['clear', 'cloudless'],
};
export const EXTRAS: WordTable<Extra> = {
  boat: ['boat', 'sailboat', 'yacht', 'ship', 'sail', 'sailing'],
  cabin: ['cabin', 'house', 'cottage', 'hut', 'chalet', 'barn', 'lodge'],
  balloon: ['balloon'],
  birds: ['bird', 'gull', 'seagull', 'swallow', 'geese', 'goose'],
  flowers: ['flower', 'lavender', 'poppy', 'tulip', 'daisy', 'blossom', 'wildflower'],
  aurora: ['aurora', 'borealis'],
  beach: ['beach', 'shore', 'seaside', 'tropical', 'lagoon', 'surf'],
  moon: ['moon', 'moonlight', 'moonlit', 'moonrise'],
  sun: ['sun'],
};
export const PRODUCTS: WordTable<Product> = {
  bottle: ['bottle', 'perfume', 'wine', 'cosmetic', 'serum', 'lotion', 'shampoo', 'flask'],
  vase: ['vase', 'amphora', 'urn', 'pottery', 'pitcher'],
  mug: ['mug', 'cup', 'coffee', 'espresso', 'teacup'],
  lamp: ['lamp', 'lantern', 'lampshade'],
  jar: ['jar', 'candle', 'honey'],
  bowl: ['bowl'],
};
export const MATERIALS: WordTable<Material> = {
  glass: ['glass', 'crystal', 'transparent'],
  metal: ['metal', 'steel', 'chrome', 'copper', 'brass', 'aluminium', 'aluminum', 'metallic'],
  wood: ['wooden', 'oak', 'walnut', 'bamboo'],
  ceramic: ['ceramic', 'porcelain', 'clay', 'stoneware', 'terracotta', 'matte'],
};
export const HAIRS: WordTable<Hair> = {
  hat: ['hat', 'cap', 'fedora', 'beret'],
  curls: ['curly', 'curl', 'afro', 'wavy'],
  bun: ['bun', 'ponytail', 'updo', 'chignon'],
  long: ['long', 'woman'],
  short: ['short', 'bald', 'man'],
};
export const TINT_COLOURS = {
  red: '#d8433b',
  orange: '#ee8434',
  gold: '#dcae45',
  yellow: '#f1cf4a',
  green: '#4c9a5d',
  teal: '#2b9d98',
  blue: '#3f78d0',
  indigo: '#4b4bb4',
  purple: '#8a4fc0',
  pink: '#e87ba6',
  brown: '#8a5a3b',
  white: '#f1eee8',
  black: '#25252c',
  grey: '#8b9098',
} as const;
export const TINTS: WordTable<Tint> = {
  red: ['red', 'crimson', 'scarlet', 'ruby'],
  orange: ['orange', 'amber', 'tangerine'],
  gold: ['gold'],
  yellow: ['yellow', 'lemon'],
  green: ['green', 'emerald', 'olive', 'lime'],
  teal: ['teal', 'turquoise', 'cyan', 'aqua', 'neon', 'cyberpunk'],
  blue: ['blue', 'azure', 'navy', 'cobalt', 'sapphire'],
  indigo: ['indigo'],
  purple: ['purple', 'violet', 'lavender', 'lilac', 'magenta'],
  pink: ['pink', 'rose', 'coral', 'pastel', 'neon', 'cyberpunk'],
  brown: ['brown', 'chocolate', 'sepia'],
  white: ['white', 'ivory', 'minimal', 'minimalist'],
  black: ['black', 'dark', 'noir'],
  grey: ['grey', 'gray', 'silver', 'monochrome'],
};
/** A colour before one of these is the colour of the light, not of a thing. */
export const LIGHT_WORDS: readonly string[] = [
  'sky',
  'skies',
  'light',
  'lights',
  'glow',
  'hour',
  'hues',
  'tones',
  'mood',
  'palette',
  'sunset',
  'sunrise',
  'dawn',
  'dusk',
  'twilight',
  'night',
  'neon',
  'cyberpunk',
  'aurora',
  'storm',
  'mist',
  'fog',
  'haze',
];
