/** The places at which a message is made: arguments and fields of that name, and what a command answers. */
import ts from 'typescript';
import { isOurs, type Flow } from './flow';
import { walk } from './program';

/** Checks of valibot take what is said when they fail, last. */
const CHECKS = /^v\.(check|regex|minLength|maxLength|nonEmpty|literal|union|looseObject)$/;
/** Errors of the language are for whoever wrote the program. */
const INTERNAL = /^(Error|TypeError|RangeError)$/;

export function followMessages(
	flow: Flow,
	checker: ts.TypeChecker,
	files: readonly ts.SourceFile[]
): void {
	for (const file of files)
		walk(file, (node) => {
			if (ts.isPropertyAssignment(node) && /^(message|stderr)$/.test(node.name.getText()))
				flow.message(node.initializer);
			else if (ts.isShorthandPropertyAssignment(node) && node.name.text === 'message')
				flow.message(node.name);
			else if (ts.isCallExpression(node) || ts.isNewExpression(node))
				for (const said of saidIn(node, checker)) flow.message(said);
		});
}

/** The arguments of a call that are messages. */
function saidIn(call: ts.CallExpression | ts.NewExpression, checker: ts.TypeChecker) {
	const { expression, arguments: given = [] } = call;
	const name = expression.getText();
	if (INTERNAL.test(name)) return [];
	if (CHECKS.test(name)) return given.slice(1).slice(-1);
	const parameters = checker.getResolvedSignature(call)?.parameters ?? [];
	return given.filter((_, i) => {
		const { name, declarations = [] } = parameters[i] ?? {};
		// What takes a message and is not ours sends it somewhere, but for the constructor of all errors.
		return name === 'message' && (ts.isNewExpression(call) || declarations.every(isOurs));
	});
}
