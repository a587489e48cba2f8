/** The properties that a lesson gives to a component, as values. */
import { parse, type AST } from 'svelte/compiler';
import type { SourceTag } from './scan';

/** A name that stands for something imported: `scenario={whole}`. */
export class Reference {
	constructor(readonly name: string) {}
}

export type Properties = Record<string, unknown>;

type Node = { type: string; [key: string]: unknown };

/**
 * The properties of a tag.
 * @throws Error where the tag cannot be read, or where a property is more than plain data
 */
export function propertiesOf(tag: SourceTag): Properties {
	const closed = tag.text.replace(/\/?>$/, '/>');
	let root: AST.Root;
	try {
		root = parse(closed, { modern: true });
	} catch (error) {
		const said = (error as Error).message.split('\n')[0];
		throw new Error(`<${tag.name}> cannot be read: ${said}`, { cause: error });
	}
	const [component] = root.fragment.nodes;
	if (component?.type !== 'Component') throw new Error(`<${tag.name}> cannot be read`);
	const properties: Properties = {};
	for (const attribute of component.attributes) {
		if (attribute.type !== 'Attribute') throw new Error(`<${tag.name}>: only plain properties can stand here`);
		properties[attribute.name] = attributeValue(attribute);
	}
	return properties;
}

function attributeValue({ value, name }: AST.Attribute): unknown {
	if (value === true) return true;
	const parts = Array.isArray(value) ? value : [value];
	if (parts.length === 1 && parts[0]!.type === 'ExpressionTag')
		return evaluate(parts[0]!.expression as unknown as Node, name);
	return parts.map((part) => (part.type === 'Text' ? part.data : '')).join('');
}

function evaluate(node: Node, name: string): unknown {
	switch (node.type) {
		case 'Literal':
			return node.value;
		case 'TemplateLiteral': {
			const quasis = node.quasis as { value: { cooked: string } }[];
			if (quasis.length === 1) return quasis[0]!.value.cooked;
			break;
		}
		case 'Identifier':
			return node.name === 'undefined' ? undefined : new Reference(String(node.name));
		case 'UnaryExpression':
			if (node.operator === '-') return -Number(evaluate(node.argument as Node, name));
			break;
		case 'ArrayExpression':
			return (node.elements as Node[]).map((element) => evaluate(element, name));
		case 'ObjectExpression':
			return Object.fromEntries(
				(node.properties as Node[]).map((property) => {
					const key = property.key as Node;
					return [String(key.name ?? key.value), evaluate(property.value as Node, name)];
				})
			);
	}
	throw new Error(`${name}: plain data is expected here, not ${node.type}`);
}
