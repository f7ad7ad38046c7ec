import { type Element as XmlElement, xml2js } from 'xml-js';

/** An XML element, with its texts joined. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Reads a document's root element. */
export function parseXml(text: string): Element {
  const { elements } = xml2js(text, { compact: false }) as XmlElement;
  const root = elements?.find(({ type }) => type === 'element');
  if (!root) throw new Error('no root element');
  return elementOf(root);
}

function elementOf({ name = '', attributes = {}, elements = [] }: XmlElement): Element {
  return {
    name: name.replace(/^.*:/, ''),
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
    children: elements.filter(({ type }) => type === 'element').map(elementOf),
    text: elements.flatMap(({ type, text, cdata }) => (type === 'text' ? [String(text)] : (cdata ?? []))).join(''),
  };
}

export const childrenNamed = ({ children }: Element, ...names: string[]): Element[] =>
  children.filter(({ name }) => names.includes(name));
