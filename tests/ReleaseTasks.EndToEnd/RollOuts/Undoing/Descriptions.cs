namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>Pull requests' descriptions that differ in how they go back.</summary>
internal static class Descriptions
{
    public const string CodeOnly = """
        ## Solution
        **Original issue and supporting materials**: #1 increase navbar width
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**: None
        **Backuping steps**: None
        **Deployment steps**:
          1. [ ] Merge PR into master

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] Rollback release to previous revision: `heroku rollback vXX`
        """;

    /// <summary>A config var is changed, then the code released.</summary>
    public const string ConfigVar = """
        ## Solution
        **Original issue and supporting materials**: #1 longer pages
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**:
          * environment variables:
            * updating `PAGE_SIZE`, removing `MOTTO`
        **Backuping steps**:
          1. [ ] Backup `PAGE_SIZE` variable value
             `heroku config:get PAGE_SIZE > PAGE_SIZE.old`
          2. [ ] Backup `MOTTO` variable value
             `heroku config:get MOTTO > MOTTO.old`
        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] `heroku config:set PAGE_SIZE=99 --app sushi`
          3. [ ] `heroku config:unset MOTTO --app sushi`
          4. [ ] Deploy app new release

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] Rollback release to previous revision: `heroku rollback vXX`
          2. [ ] `heroku config:set PAGE_SIZE=$(< PAGE_SIZE.old)`
          3. [ ] `heroku config:set MOTTO=$(< MOTTO.old)`
        """;

    /// <summary>The release phase migrates; there is no rollback database, the way back is alembic's.</summary>
    public const string Downgrade = """
        ## Solution
        **Original issue and supporting materials**: #1 remember when a user signed up
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**:
          * postgres: a new column
        **Backuping steps**:
          1. [ ] `heroku pg:backups:capture --app sushi`
        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] Deploy app new release

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] `heroku run alembic downgrade 0001 --app sushi`
          2. [ ] Rollback release to previous revision: `heroku rollback vXX`
        """;
}
