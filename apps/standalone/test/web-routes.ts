import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const web = join(import.meta.dirname, '../../web/src');

export interface WebRoute {
  /** «/journal/:groupId» */
  path: string;
  /** who may see it; null for whoever is signed in, or not even that */
  right: string | null;
}

/** Every route of the web application, read from its own table: a new one is found by itself. */
export function webRoutes(): WebRoute[] {
  const file = join(web, 'routes.tsx');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: WebRoute[] = [];
  const visit = (node: ts.Node, right: string | null): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'area') {
      const [name, children] = node.arguments;
      visit(children!, (name as ts.StringLiteral).text);
      return;
    }
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText() === 'path' &&
      ts.isStringLiteral(node.initializer)
    )
      found.push({ path: `/${node.initializer.text}`, right });
    node.forEachChild((child) => visit(child, right));
  };
  visit(source, null);
  return found;
}

/** Which roles the web application shows what. */
export async function webRights(): Promise<Record<string, readonly string[]>> {
  const { outputText } = ts.transpileModule(readFileSync(join(web, 'session/roles.ts'), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const module = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as {
    MAY: Record<string, readonly string[]>;
  };
  return module.MAY;
}
