namespace Cake.Heroku;

/// <param name="AddonAttachment">The name of an attachment, of its config var, or of an add-on; <c>otherapp::NAME</c> for another app's.</param>
public sealed record AttachmentQuery(string AddonAttachment, AppName App);
