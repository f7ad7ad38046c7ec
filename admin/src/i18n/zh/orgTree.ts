export const orgTree = {
  tree: '树状',
  list: '列表',
  help: '方向键上下移动、左右收展，回车打开单位。',
  units: '下级单位 %{smart_count} 个',
  people: '%{smart_count} 人',
  monitoredBy: '由%{unit}监测',
};
