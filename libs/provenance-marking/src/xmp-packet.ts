const SOURCE_TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype';
const MAX_TEXT_CHARACTERS = 512;
/** Most that is inflated when reading; ours are about 1 KB. */
export const MAX_XMP_BYTES = 1024 * 1024;

export interface AiFacts {
  /** True when reference images went into the picture beside the model's own output. */
  readonly compositeWithReferences: boolean;
  /** What made it, e.g. the product and the public name of the model. At most 512 characters. */
  readonly generator: string;
  /** At most 512 characters. */
  readonly assetId?: string;
}

/**
 * XMP packet that declares IPTC DigitalSourceType (IPTC Photo Metadata 2023.1, section on
 * Digital Source Type; XMP part 1, 7.3). @throws RangeError when a text is too long
 */
export function xmpPacket(facts: AiFacts): Uint8Array {
  const sourceType = facts.compositeWithReferences
    ? 'compositeWithTrainedAlgorithmicMedia'
    : 'trainedAlgorithmicMedia';
  const identifier =
    facts.assetId === undefined
      ? ''
      : `\n    dc:identifier="${attributeText('assetId', facts.assetId)}"`;
  return new TextEncoder().encode(`<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    Iptc4xmpExt:DigitalSourceType="${SOURCE_TYPES}/${sourceType}"
    xmp:CreatorTool="${attributeText('generator', facts.generator)}"${identifier}/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function attributeText(name: string, text: string): string {
  if (text.length > MAX_TEXT_CHARACTERS) {
    throw new RangeError(`${name} has ${text.length} characters, at most ${MAX_TEXT_CHARACTERS}`);
  }
  return text
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
