/** A line of a tree with the lines below it. */
export interface TreeNode {
  readonly text: string;
  readonly children: readonly TreeNode[];
}

function below(children: readonly TreeNode[], indent: string): readonly string[] {
  return children.flatMap((child, index) => {
    const last = index === children.length - 1;
    return [
      `${indent}${last ? '└─ ' : '├─ '}${child.text}`,
      ...below(child.children, `${indent}${last ? '   ' : '│  '}`),
    ];
  });
}

/** Lines of a tree with box-drawing characters, its root at the margin. */
export const textTree = (root: TreeNode): readonly string[] => [root.text, ...below(root.children, '')];
