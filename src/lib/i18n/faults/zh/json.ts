/** 读 JSON 的程序说哪里不对，检查形状的程序说那里是什么：两个库自己的词。 */
import type { Pair } from './pair';

export const json: readonly Pair[] = [
	['invalid symbol', '符号无效'],
	['invalid number format', '数的写法无效'],
	['property name expected', '这里应为字段名'],
	['value expected', '这里应为值'],
	['colon expected', '这里应为冒号'],
	['comma expected', '这里应为逗号'],
	['close brace expected', '缺少右花括号'],
	['close bracket expected', '缺少右方括号'],
	['end of file expected', '这里应当结束'],
	['invalid comment token', '不能写注释'],
	['unexpected end of comment', '注释没有结束'],
	['unexpected end of string', '字符串没有结束'],
	['unexpected end of number', '数没有写完'],
	['invalid unicode', 'Unicode 转义无效'],
	['invalid escape character', '转义字符无效'],
	['invalid character', '字符无效'],
	['string', '字符串'],
	['number', '数'],
	['integer', '整数'],
	['boolean', '`true` 或 `false`'],
	['Array', '列表'],
	['Object', '对象'],
	['something else', '别的内容'],
	['({})', '{t}']
];
