/** The source of everything on a page that reads what somebody wrote, with what its names mean. */
import ts from 'typescript';
import { filesOfPages } from './pages';

/** Where wrong input is told. Components and their words say what they say in both languages themselves. */
const FOLDERS = /^src\/lib\/(engine|scenario|timeline|exercises|lab\/own)\/(?!words|ui)/;

/** The program, and the files of it that are looked at. */
export function readProgram(): { program: ts.Program; files: readonly ts.SourceFile[] } {
	const names = filesOfPages().filter((name) => name.endsWith('.ts') && FOLDERS.test(name));
	const program = ts.createProgram(names, {
		target: ts.ScriptTarget.ESNext,
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
		paths: { '$lib/*': ['./src/lib/*'] },
		noEmit: true,
		skipLibCheck: true,
		types: []
	});
	const files = names.map((name) => program.getSourceFile(name)!);
	return { program, files };
}

/** Every node of a file, from above. */
export function walk(node: ts.Node, look: (node: ts.Node) => void): void {
	look(node);
	node.forEachChild((child) => walk(child, look));
}
