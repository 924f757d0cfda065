import type { page as english } from "../en/page.ts";
import type { Translation } from "../en.ts";

export const page: Translation<typeof english> = {
  "app.title": "Webhook",
  "app.endpoints": "エンドポイント",
  "app.events": "イベント",
  "app.main": "メインメニュー",
  "app.skip": "本文へ移動",
  "app.back": "{name}に戻る",
  "app.return": "戻る",
  "app.loading": "読み込み中…",
  "app.retry": "再試行",
  "app.more": "さらに表示",
  "app.cancel": "キャンセル",
  "app.save": "保存",
  "app.saving": "保存中…",
  "app.copy": "コピー",
  "app.copied": "コピーしました",
  "app.copyFailed": "選択してコピーしてください",
  "app.trail": "パンくずリスト",

  "over.title": "このセッションは終了しました",
  "over.text":
    "セキュリティのため、セッションには期限があります。続けるには、ページを開き直してください。",
  "over.missing": "このページはお使いのアカウントから開いてください。専用のリンクが必要です。",

  "unknown.title": "ページが見つかりません",
  "unknown.text": "リンクが間違っているか、リンク先が削除された可能性があります。",
  "unknown.home": "エンドポイントを表示",

  "error.offline": "サービスから応答がありません。接続を確認して、もう一度お試しください。",
  "error.refused": "実行できませんでした。修正して、もう一度お試しください。",
  "error.permission":
    "この操作を行う権限がありません。権限を付与した担当者にお問い合わせください。",
  "error.missing": "存在しないか、削除されています。",
  "error.changed": "内容が変更されています。ページを再読み込みして、もう一度お試しください。",
  "error.limit": "上限に達しました。しばらく待ってから、もう一度お試しください。",
  "error.service": "サービス側でエラーが発生しました。しばらくしてから、もう一度お試しください。",
  "error.request": "リクエスト {id}",

  "state.ok": "正常",
  "state.failing": "失敗中",
  "state.limited": "制限中",
  "state.held": "一時停止",
  "state.disabled": "無効",
  "status.delivered": "配信済み",
  "status.retrying": "再試行中",
  "status.pending": "待機中",
  "status.failed": "失敗",
};
