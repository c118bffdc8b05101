<?php
$parameters = ['mailer_append_tracking_pixel' => false, 'track_opens' => null];
