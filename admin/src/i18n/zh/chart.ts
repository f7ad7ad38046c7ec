export const chart = {
  asChart: '图',
  asTable: '表',
  view: '显示方式',
  csv: '下载表格 (CSV)',
  picture: '下载图片 (SVG)',
  more: '下载',
  none: '没有数据',
  noData: '还没有可以画的数值',
};
