/**
 * Which texts can come to a place of the source: literals, as far as they can be followed through conditions, constants,
 * fields, what functions give back, and what they are called with. What is not known before is a hole, `{}`.
 */
import ts from 'typescript';
import { walk } from './program';

/** A text with holes. */
export interface Found {
	readonly text: string;
	/** Where it is written: `file:line`. */
	readonly at: string;
}

export class Flow {
	private readonly checker: ts.TypeChecker;
	/** Calls and `new`, by the declaration of what is called. */
	private readonly calls = new Map<ts.Node, (ts.CallExpression | ts.NewExpression)[]>();
	/** Values that variables, fields and lists get, by their declaration. */
	private readonly given = new Map<ts.Node, ts.Node[]>();
	private readonly seen = new Set<ts.Node>();
	private readonly found = new Map<string, Found>();

	constructor(program: ts.Program, files: readonly ts.SourceFile[]) {
		this.checker = program.getTypeChecker();
		for (const file of files) walk(file, (node) => this.note(node));
	}

	private note(node: ts.Node): void {
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
			const called = this.maker(this.symbolOf(node.expression))?.declarations?.[0];
			if (called) this.calls.set(called, [...(this.calls.get(called) ?? []), node]);
		}
		if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
			this.give(this.symbolOf(node.left), [node.right]);
		} else if (isPush(node)) {
			this.give(this.symbolOf(node.expression.expression), node.arguments);
		} else if (isMember(node)) {
			const value = ts.isPropertyAssignment(node) ? node.initializer : node;
			const context = this.checker.getContextualType(node.parent as ts.ObjectLiteralExpression);
			const field = context && this.checker.getPropertyOfType(context, node.name.getText());
			this.give(field, [value]);
		}
	}

	private give(symbol: ts.Symbol | undefined, values: readonly ts.Node[]): void {
		for (const to of symbol?.declarations ?? [])
			this.given.set(to, [...(this.given.get(to) ?? []), ...values]);
	}

	/** What takes the arguments: of a class without a constructor, the class that it comes from. */
	private maker(symbol: ts.Symbol | undefined): ts.Symbol | undefined {
		const own = symbol?.declarations?.find(ts.isClassDeclaration);
		if (!own || own.members.some(ts.isConstructorDeclaration)) return symbol;
		const from = own.heritageClauses?.[0]?.types[0];
		return from ? this.maker(this.symbolOf(from.expression)) : symbol;
	}

	private symbolOf(node: ts.Node): ts.Symbol | undefined {
		const symbol = this.checker.getSymbolAtLocation(node);
		return symbol && symbol.flags & ts.SymbolFlags.Alias
			? this.checker.getAliasedSymbol(symbol)
			: symbol;
	}

	/** Follows an expression that is a message. */
	message(node: ts.Expression): void {
		this.follow(node);
	}

	/** What was found: messages, and what can stand in their holes. */
	get texts(): readonly Found[] {
		return [...this.found.values()];
	}

	private put(text: string, node: ts.Node): void {
		if (/^(\{\}|\W)*$/.test(text) || this.found.has(text)) return;
		const file = node.getSourceFile();
		const { line } = file.getLineAndCharacterOfPosition(node.getStart());
		this.found.set(text, {
			text,
			at: `${file.fileName.replace(/^.*\/src\/lib\//, '')}:${line + 1}`
		});
	}

	private follow(node: ts.Node | undefined): void {
		if (!node || this.seen.has(node)) return;
		this.seen.add(node);
		if (ts.isStringLiteralLike(node)) this.put(node.text, node);
		else if (ts.isTemplateExpression(node)) this.template(node);
		else if (ts.isConditionalExpression(node)) {
			this.follow(node.whenTrue);
			this.follow(node.whenFalse);
		} else if (
			ts.isParenthesizedExpression(node) ||
			ts.isAsExpression(node) ||
			ts.isNonNullExpression(node) ||
			ts.isSatisfiesExpression(node)
		)
			this.follow(node.expression);
		else if (ts.isBinaryExpression(node)) this.binary(node);
		else if (
			ts.isArrowFunction(node) ||
			ts.isFunctionExpression(node) ||
			ts.isMethodDeclaration(node)
		)
			this.returned(node);
		else if (ts.isShorthandPropertyAssignment(node)) this.follow(node.name);
		else if (ts.isArrayLiteralExpression(node))
			for (const element of node.elements) this.follow(element);
		else if (ts.isSpreadElement(node)) this.follow(node.expression);
		else if (ts.isObjectLiteralExpression(node))
			for (const property of node.properties) {
				if (ts.isPropertyAssignment(property) && this.isText(property.initializer))
					this.follow(property.initializer);
			}
		else if (ts.isNewExpression(node)) node.arguments?.forEach((one) => this.follow(one));
		else if (ts.isCallExpression(node)) this.call(node);
		else if (ts.isElementAccessExpression(node)) this.follow(node.expression);
		else if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
			const symbol = ts.isShorthandPropertyAssignment(node.parent)
				? this.checker.getShorthandAssignmentValueSymbol(node.parent)
				: this.symbolOf(node);
			if (symbol) this.symbol(symbol);
		}
	}

	private isText(node: ts.Node): boolean {
		return (this.checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0;
	}

	private template(node: ts.TemplateExpression): void {
		let text = node.head.text;
		for (const { expression, literal } of node.templateSpans) {
			// In backquotes stands what is written in rules, not what is said of it.
			if (text.split('`').length % 2 === 1) this.follow(expression);
			text += `{}${literal.text}`;
		}
		this.put(text, node);
	}

	private binary(node: ts.BinaryExpression): void {
		const { kind } = node.operatorToken;
		if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
			this.follow(node.left);
			this.follow(node.right);
		} else if (kind === ts.SyntaxKind.PlusToken) {
			const side = (one: ts.Expression): string => {
				if (ts.isStringLiteralLike(one)) return one.text;
				this.follow(one);
				return '{}';
			};
			this.put(side(node.left) + side(node.right), node);
		} else if (kind === ts.SyntaxKind.AmpersandAmpersandToken) this.follow(node.right);
	}

	private returned(node: ts.FunctionLikeDeclaration): void {
		if (!node.body) return;
		if (!ts.isBlock(node.body)) return this.follow(node.body);
		const look = (inner: ts.Node): void => {
			if (ts.isFunctionLike(inner)) return;
			if (ts.isReturnStatement(inner)) this.follow(inner.expression);
			inner.forEachChild(look);
		};
		node.body.forEachChild(look);
	}

	private call(node: ts.CallExpression): void {
		const symbol = this.symbolOf(node.expression);
		const own = symbol?.declarations?.find(
			(one) => !one.getSourceFile().isDeclarationFile && isOurs(one)
		);
		if (symbol && own) this.symbol(symbol);
		else if (ts.isPropertyAccessExpression(node.expression)) {
			// `list.join(', ')`, `words.map((one) => …)`, `words.map(tell)`, `text.slice(1)`
			const [made] = node.arguments;
			if (made && this.checker.getTypeAtLocation(made).getCallSignatures().length > 0)
				this.follow(made);
			else this.follow(node.expression.expression);
		}
	}

	private symbol(symbol: ts.Symbol): void {
		for (const declaration of symbol.declarations ?? []) {
			if (!isOurs(declaration)) continue;
			for (const value of this.given.get(declaration) ?? []) this.follow(value);
			if (ts.isParameter(declaration)) this.parameter(declaration);
			else if (
				ts.isVariableDeclaration(declaration) ||
				ts.isPropertyAssignment(declaration) ||
				ts.isPropertyDeclaration(declaration)
			) {
				const { initializer } = declaration;
				if (initializer) this.follow(initializer);
				else if (isLoopVariable(declaration)) this.follow(declaration.parent.parent.expression);
			} else if (ts.isBindingElement(declaration)) this.binding(declaration);
			else if (ts.isFunctionLike(declaration))
				this.returned(declaration as ts.FunctionLikeDeclaration);
		}
	}

	/** What a function is called with; a callback of a list's: the list. */
	private parameter(parameter: ts.ParameterDeclaration): void {
		const owner = parameter.parent;
		this.follow(parameter.initializer);
		const place = owner.parameters.indexOf(parameter);
		const named = ts.isConstructorDeclaration(owner) ? owner.parent : owner;
		const name =
			(named as ts.NamedDeclaration).name ??
			(ts.isVariableDeclaration(owner.parent) || ts.isPropertyAssignment(owner.parent)
				? owner.parent.name
				: undefined);
		const called = name && this.checker.getSymbolAtLocation(name)?.declarations?.[0];
		for (const { arguments: given } of (called && this.calls.get(called)) ?? [])
			this.follow(given?.[place]);
		const { parent } = owner;
		if (ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression))
			this.follow(parent.expression.expression);
	}

	private binding(element: ts.BindingElement): void {
		this.follow(element.initializer);
		const name = element.propertyName ?? element.name;
		const from = element.parent.parent;
		if (ts.isArrayBindingPattern(element.parent)) {
			if (isLoopVariable(from)) this.follow(from.parent.parent.expression);
			else if (ts.isVariableDeclaration(from)) this.follow(from.initializer);
			return;
		}
		if (!ts.isIdentifier(name)) return;
		const type = this.checker.getTypeAtLocation(element.parent);
		const field = this.checker.getPropertyOfType(type, name.text);
		if (field) this.symbol(field);
	}
}

/** What an object literal gives a field: a value, or a function. */
const isMember = (
	node: ts.Node
): node is ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.MethodDeclaration =>
	ts.isObjectLiteralExpression(node.parent ?? node) &&
	(ts.isPropertyAssignment(node) ||
		ts.isShorthandPropertyAssignment(node) ||
		ts.isMethodDeclaration(node));

/** `list.push(…)`, `set.add(…)` */
const isPush = (
	node: ts.Node
): node is ts.CallExpression & { expression: ts.PropertyAccessExpression } =>
	ts.isCallExpression(node) &&
	ts.isPropertyAccessExpression(node.expression) &&
	/^(push|add)$/.test(node.expression.name.text);

/** Whether it stands in this project's source. */
export const isOurs = (node: ts.Node): boolean =>
	node.getSourceFile().fileName.includes('src/lib/');

const isLoopVariable = (
	node: ts.Declaration
): node is ts.VariableDeclaration & { parent: { parent: ts.ForOfStatement } } =>
	ts.isVariableDeclaration(node) && ts.isForOfStatement(node.parent.parent);
