/** Which chains, sets and objects of its table a rule names. */
import type {
	Chain,
	Expression,
	NamedSet,
	SetElement,
	SetOperand,
	StatefulObject,
	Statement,
	Verdict
} from './ruleset';

export interface UsedName {
	chain?: string;
	set?: string;
	/** A set without a name, which is the rule's own. */
	anonymous?: true;
	object?: string;
	objectKind?: StatefulObject['kind'];
	/** The verdict that names the chain. */
	verdict?: Verdict;
}

/** What an element of a map names. */
export function namesOfElement({ verdict, object }: SetElement): UsedName[] {
	const found: UsedName[] = [];
	if (verdict && 'chain' in verdict) found.push({ chain: verdict.chain, verdict });
	if (object) found.push({ object: object.name, objectKind: object.kind });
	return found;
}

export function namesUsed(statements: readonly Statement[]): UsedName[] {
	const found: UsedName[] = [];
	const verdict = (one: Verdict | undefined): void => {
		if (one && 'chain' in one) found.push({ chain: one.chain, verdict: one });
	};
	const set = (operand: SetOperand): void => {
		if (operand.kind === 'named') found.push({ set: operand.name });
		else found.push({ anonymous: true }, ...operand.elements.flatMap(namesOfElement));
	};
	const expression = (one: Expression | undefined): void => {
		if (!one) return;
		if (one.kind === 'map') {
			expression(one.key);
			set(one.map);
		} else if (one.kind === 'binary') {
			expression(one.left);
			expression(one.right);
		} else if (one.kind === 'concat') one.parts.forEach(expression);
	};
	for (const statement of statements) {
		switch (statement.kind) {
			case 'match':
				expression(statement.left);
				if (statement.right.kind === 'set') set(statement.right.set);
				break;
			case 'vmap':
				expression(statement.key);
				set(statement.map);
				break;
			case 'verdict':
				verdict(statement.verdict);
				break;
			case 'counter':
			case 'quota':
			case 'limit':
				if (statement.name) found.push({ object: statement.name, objectKind: statement.kind });
				break;
			case 'object map':
				expression(statement.key);
				set(statement.map);
				break;
			case 'assign':
				expression(statement.value);
				if (
					statement.target.kind === 'ct' &&
					statement.target.key === 'helper' &&
					statement.value.kind === 'constant'
				)
					found.push({ object: String(statement.value.value), objectKind: 'ct helper' });
				break;
			case 'nat':
				for (const part of [statement.address, statement.port, statement.addressAndPort])
					if (part && 'kind' in part) expression(part);
				break;
			case 'update':
				found.push({ set: statement.set });
				expression(statement.key);
				expression(statement.data);
				verdict(statement.verdict);
				break;
		}
	}
	return found;
}

/** How often rules of the chains, and elements of the sets, lead to a chain. */
export function jumpsTo(name: string, chains: readonly Chain[], sets: readonly NamedSet[]): number {
	const names = [
		...chains.flatMap(({ rules }) => rules.flatMap(({ statements }) => namesUsed(statements))),
		...sets.flatMap(({ elements }) => elements.list.flatMap(namesOfElement))
	];
	return names.filter(({ chain }) => chain === name).length;
}
