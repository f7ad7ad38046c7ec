import { evaluate, parseExpression } from 'feelin';
import { returnTypeOf } from './functions.ts';
import { ANY, BOOLEAN, contextOf, listOf, NUMBER, TEXT, type Type } from './types.ts';

/** What is wrong in an expression. `what` is the name or operator concerned. */
export type FeelProblem =
  | { id: 'name'; what: string }
  | { id: 'syntax' | 'entry' | 'function' | 'forbidden' | 'types' | 'option' | 'tooLong' | 'range'; what: string };

export interface FeelCheck {
  problems: FeelProblem[];
  type: Type;
  /** Names of the scope that it uses. */
  uses: ReadonlySet<string>;
  /** Where it names them, in order. */
  places: readonly { name: string; from: number; to: number }[];
}

type Node = NonNullable<ReturnType<typeof parseExpression>['topNode']['firstChild']>;
type Scope = Readonly<Record<string, Type>>;

/** Longer expressions belong into several `compute` blocks. */
export const MAX_FEEL = 1000;

/** Reads an expression without running it: does it parse, are its names known, can its comparisons ever hold? */
export function checkFeel(expression: string, scope: Scope): FeelCheck {
  const problems: FeelProblem[] = [];
  const uses = new Set<string>();
  const places: { name: string; from: number; to: number }[] = [];
  if (expression.length > MAX_FEEL)
    return { problems: [{ id: 'tooLong', what: String(expression.length) }], type: ANY, uses, places };
  const tree = parseExpression(expression, {}, undefined);
  let bad: number | undefined;
  tree.iterate({
    enter(node) {
      if (node.type.isError) bad ??= node.from;
    },
  });
  if (bad !== undefined) return { problems: [{ id: 'syntax', what: String(bad + 1) }], type: ANY, uses, places };

  const problem = (id: FeelProblem['id'], what: string) => {
    if (!problems.some((p) => p.id === id && p.what === what)) problems.push({ id, what });
  };
  const textOf = (node: Node) => expression.slice(node.from, node.to);

  const infer = (node: Node, names: Scope): Type => {
    const children = childrenOf(node);
    const all = (from = children) => from.map((child) => infer(child, names));
    switch (node.name) {
      case 'Expression':
        return all().at(-1) ?? ANY;
      case 'NumericLiteral':
        return NUMBER;
      case 'StringLiteral':
        return { kind: 'text', options: [literal(textOf(node))] };
      case 'BooleanLiteral':
        return BOOLEAN;
      case 'null':
      case 'NullLiteral':
        return { kind: 'null' };
      case 'VariableName': {
        const name = textOf(node).replace(/\s+/g, ' ');
        if (Object.hasOwn(names, name)) {
          uses.add(name);
          // What is bound inside, and only called the same, is something else.
          if (names[name] === scope[name]) places.push({ name, from: node.from, to: node.to });
          return names[name] as Type;
        }
        if (Object.hasOwn(scope, name)) uses.add(name);
        if (scope[name]) return scope[name] as Type;
        if (returnTypeOf(name) !== undefined) return { kind: 'function' };
        problem('name', name);
        return ANY;
      }
      case 'PathExpression': {
        const [base, name] = [children[0], children.find((child) => child.name === 'PathName')];
        if (!base || !name) return ANY;
        return entryOf(infer(base, names), textOf(name), (what) => problem('entry', what));
      }
      case 'FilterExpression': {
        const [base, condition] = [children[0], children.find((child, i) => i > 0 && child.name !== '[')];
        if (!base || !condition) return ANY;
        const list = infer(base, names);
        const of = list.kind === 'list' ? list.of : list.kind === 'any' ? ANY : list;
        const entries = of.kind === 'context' ? of.entries : {};
        const inner = infer(condition, scopeOf(names, { ...entries, item: of }));
        return inner.kind === 'number' ? of : listOf(of);
      }
      case 'FunctionInvocation': {
        const [callee, ...rest] = children;
        if (!callee) return ANY;
        const name = textOf(callee).replace(/\s+/g, ' ');
        all(rest);
        if (callee.name !== 'VariableName') {
          problem('function', name);
          return ANY;
        }
        const type = returnTypeOf(name);
        if (type === 'forbidden') problem('forbidden', name);
        else if (type === undefined || Object.hasOwn(names, name)) problem('function', name);
        else return type;
        return ANY;
      }
      case 'DateTimeLiteral':
        all();
        return { kind: 'temporal' };
      case 'ForExpression':
      case 'QuantifiedExpression': {
        let inner: Scope = names;
        for (const one of children.filter((child) => child.name === 'InExpressions').flatMap(childrenOf)) {
          const parts = childrenOf(one);
          const local = parts.find((part) => part.name === 'Name');
          const over = parts.find((part) => part.name === 'IterationContext');
          if (!local || !over) continue;
          if (childrenOf(over).some((part) => part.name === '..')) problem('range', textOf(over));
          const list = childrenOf(over).map((part) => infer(part, inner))[0] ?? ANY;
          inner = scopeOf(inner, { [textOf(local)]: list.kind === 'list' ? list.of : ANY });
        }
        const last = children.at(-1);
        const result = last
          ? infer(last, node.name === 'ForExpression' ? scopeOf(inner, { partial: ANY }) : inner)
          : ANY;
        return node.name === 'ForExpression' ? listOf(result) : BOOLEAN;
      }
      case 'IfExpression': {
        const [, yes, no] = all(children.filter((child) => !['if', 'then', 'else'].includes(child.name)));
        return yes && no && yes.kind === no.kind && yes.kind !== 'text' ? yes : yes?.kind === no?.kind ? TEXT : ANY;
      }
      case 'Comparison': {
        const operands = children.filter(
          (child) => !['CompareOp', 'in', 'between', 'and', '(', ')'].includes(child.name),
        );
        const types = all(operands);
        compare(types, textOf(node), problem);
        return BOOLEAN;
      }
      case 'ArithmeticExpression': {
        const types = all(children.filter((child) => child.name !== 'ArithOp'));
        if (types.some((type) => type.kind === 'boolean' || type.kind === 'list' || type.kind === 'context'))
          problem('types', textOf(node));
        return types.every((type) => type.kind === 'number')
          ? NUMBER
          : types.every((t) => t.kind === 'text')
            ? TEXT
            : ANY;
      }
      case 'Conjunction':
      case 'Disjunction': {
        const operands = children.filter((child) => child.name !== 'and' && child.name !== 'or');
        for (const operand of operands) if (!mayBeTrue(infer(operand, names))) problem('types', textOf(operand));
        return BOOLEAN;
      }
      case 'Context': {
        let inner: Scope = names;
        const entries: Record<string, Type> = {};
        for (const entry of children.filter((child) => child.name === 'ContextEntry')) {
          const [key, value] = childrenOf(entry).filter((child) => child.name !== ':');
          if (!key || !value) continue;
          const type = infer(value, inner);
          entries[textOf(key)] = type;
          inner = scopeOf(inner, { [textOf(key)]: type });
        }
        return contextOf(entries);
      }
      case 'List': {
        const [first, ...others] = all(children.filter((child) => child.name !== '[' && child.name !== ']'));
        return listOf(first && others.every((type) => type.kind === first.kind && type.kind !== 'text') ? first : ANY);
      }
      case 'FunctionDefinition':
        problem('forbidden', 'function');
        return ANY;
      case 'InstanceOfExpression': {
        if (children[0]) infer(children[0], names);
        return BOOLEAN;
      }
      case 'ParameterName':
      case 'LineComment':
      case 'BlockComment':
        return ANY;
      default: {
        const types = all();
        return types.length === 1 ? (types[0] as Type) : ANY;
      }
    }
  };
  const type = infer(tree.topNode as Node, scope);
  return { problems, type, uses, places };
}

const childrenOf = (node: Node): Node[] => {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};

const scopeOf = (names: Scope, more: Record<string, Type>): Scope => Object.assign(Object.create(null), names, more);

/** Whether an expression of this type can be `true`. */
export const mayBeTrue = (type: Type): boolean => type.kind === 'boolean' || type.kind === 'any';

function entryOf(type: Type, name: string, unknown: (what: string) => void): Type {
  if (type.kind === 'list') return listOf(entryOf(type.of, name, unknown));
  if (type.kind === 'any' || type.kind === 'temporal' || type.kind === 'null') return ANY;
  if (type.kind === 'context') {
    const entry = Object.hasOwn(type.entries, name) ? type.entries[name] : undefined;
    if (!entry && !type.open) unknown(name);
    return entry ?? ANY;
  }
  unknown(name);
  return ANY;
}

/** Two sides of different kinds are never equal, less or more: the comparison is never true. */
function compare(types: readonly Type[], what: string, problem: (id: 'types' | 'option', what: string) => void): void {
  const known = types.filter((type) => !['any', 'null', 'function'].includes(type.kind));
  if (new Set(known.map((type) => type.kind)).size > 1 && !known.some((type) => type.kind === 'list'))
    problem('types', what);
  const choices = known.flatMap((type) => (type.kind === 'text' && type.options ? [type.options] : []));
  const [most, other] = [...choices].sort((a, b) => b.length - a.length);
  for (const option of other?.length === 1 && most && most.length > 1 ? other : [])
    if (!most?.includes(option)) problem('option', option);
}

function literal(source: string): string {
  try {
    return String(evaluate(source, {}).value);
  } catch {
    return source;
  }
}
