export * from './change-character.js';
export {
  applyToCharacterView,
  CHARACTER_ID,
  type CharacterView,
  ownCharacter,
} from './character-view.js';
export {
  type CharacterRecord,
  openCharacter,
  openCharacters,
} from './confidential-profile.js';
export * from './create-character.js';
export * from './delete-character.js';
export * from './depiction.js';
